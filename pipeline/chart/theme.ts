/**
 * How our pictures look, in one place: for the notebooks now, for any page of ours later.
 *
 * The hues are from Okabe and Ito's set, which people with any common colour blindness tell apart.
 * Every picture brings its own paper, so that it is readable on whatever page it stands, and follows
 * the reader's light or dark preference.
 */

/** The roles of colour in a picture. */
export interface Palette {
  /** Behind everything. */
  readonly paper: string;
  /** Titles and what must be read. */
  readonly ink: string;
  /** Axes, second lines, what is usual. */
  readonly muted: string;
  /** What the picture is about. */
  readonly main: string;
  /** What is set against it. */
  readonly other: string;
  /** An area behind lines; half transparent. */
  readonly band: string;
}

export const light: Palette = {
  paper: "#ffffff",
  ink: "#1f2933",
  muted: "#5f6c7b",
  main: "#0072b2",
  other: "#d55e00",
  band: "#8fa3b766",
};

export const dark: Palette = {
  paper: "#151a20",
  ink: "#e6e9ed",
  muted: "#9aa7b4",
  main: "#56b4e9",
  other: "#e69f00",
  band: "#7389a066",
};

/** What a mark is painted with: takes the light or the dark colour where the picture is shown. */
export const paint: Palette = {
  paper: "var(--es-paper)",
  ink: "var(--es-ink)",
  muted: "var(--es-muted)",
  main: "var(--es-main)",
  other: "var(--es-other)",
  band: "var(--es-band)",
};

/** The class of every picture of ours; the style applies to nothing else. */
export const pictureClass = "everysecond";

/** The style that gives {@link paint} its colours. */
export const style = [
  `.${pictureClass} { ${properties(light)} }`,
  `@media (prefers-color-scheme: dark) { .${pictureClass} { ${properties(dark)} } }`,
].join("\n");

function properties(palette: Palette): string {
  return Object.entries(palette).map(([role, colour]) => `--es-${role}: ${colour};`).join(" ");
}

/** Sizes in CSS pixels: as wide as a notebook's cell, and letters that survive being made smaller. */
export const size = {
  width: 880,
  height: 340,
  title: 15,
  text: 12,
  marginLeft: 48,
  marginRight: 20,
  marginBottom: 48,
} as const;

export const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
