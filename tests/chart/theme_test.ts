import assert from "node:assert/strict";
import { dark, light, type Palette } from "../../pipeline/chart/theme.ts";

/** Relative luminance of `#rrggbb`, WCAG 2.2. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

// WCAG 2.2: text at least 4.5 to 1 (1.4.3), lines at least 3 to 1 (1.4.11).
const least = { ink: 4.5, muted: 4.5, main: 3, other: 3 } as const;

for (const [name, palette] of Object.entries({ light, dark } satisfies Record<string, Palette>)) {
  Deno.test(`the ${name} palette can be read on its paper`, () => {
    for (const role of ["ink", "muted", "main", "other"] as const) {
      const found = contrast(palette[role], palette.paper);
      assert.ok(found >= least[role], `${role}: ${found.toFixed(2)}`);
    }
  });
}
