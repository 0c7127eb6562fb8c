/**
 * How our pictures look, in one place: for the notebooks and for the report.
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
  /** Stages of sleep, from the deepest to being awake. */
  readonly deep: string;
  readonly asleep: string;
  readonly rem: string;
  readonly awake: string;
  /** Heart-rate zones, from the easiest to the hardest. */
  readonly easy: string;
  readonly moderate: string;
  readonly vigorous: string;
  readonly peak: string;
}

export const light: Palette = {
  paper: "#ffffff",
  ink: "#1f2933",
  muted: "#5f6c7b",
  main: "#0072b2",
  other: "#d55e00",
  band: "#8fa3b766",
  deep: "#0b4f8a",
  asleep: "#56b4e9",
  rem: "#009e73",
  awake: "#e69f00",
  easy: "#b9c4cf",
  moderate: "#56b4e9",
  vigorous: "#e69f00",
  peak: "#d55e00",
};

export const dark: Palette = {
  paper: "#151a20",
  ink: "#e6e9ed",
  muted: "#9aa7b4",
  main: "#56b4e9",
  other: "#e69f00",
  band: "#7389a066",
  deep: "#3d8fd1",
  asleep: "#8ccbf0",
  rem: "#2fc59b",
  awake: "#f0b429",
  easy: "#5a6875",
  moderate: "#56b4e9",
  vigorous: "#e69f00",
  peak: "#f07f3c",
};

/** What a mark is painted with: takes the light or the dark colour where the picture is shown. */
export const paint: Palette = {
  paper: "var(--es-paper)",
  ink: "var(--es-ink)",
  muted: "var(--es-muted)",
  main: "var(--es-main)",
  other: "var(--es-other)",
  band: "var(--es-band)",
  deep: "var(--es-deep)",
  asleep: "var(--es-asleep)",
  rem: "var(--es-rem)",
  awake: "var(--es-awake)",
  easy: "var(--es-easy)",
  moderate: "var(--es-moderate)",
  vigorous: "var(--es-vigorous)",
  peak: "var(--es-peak)",
};

/** The class of every picture of ours; the style applies to nothing else. */
export const pictureClass = "everysecond";

/** The style that gives {@link paint} its colours. */
export const style = [
  `.${pictureClass} { ${properties(light)} }`,
  `@media (prefers-color-scheme: dark) { .${pictureClass} { ${properties(dark)} } }`,
].join("\n");

/** The custom properties that give {@link paint} a palette's colours. */
export function properties(palette: Palette): string {
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
