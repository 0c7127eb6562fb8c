/** The units of distances and heights, as the request's language asks for them. */

/** What numbers are counted in. */
export interface Units {
  readonly name: "Kilometer" | "Mile";
  /** From millimetres. */
  distance(mm: number): number;
  /** From floors. */
  height(floors: number): number;
}

const metric: Units = {
  name: "Kilometer",
  distance: (mm) => mm / 1e6,
  height: (floors) => Number((floors * 3.048).toFixed(3)),
};

const american: Units = {
  name: "Mile",
  distance: (mm) => mm / 1_609_344,
  height: (floors) => floors * 10,
};

/** Miles and feet for `en_US`, kilometres and metres for everything else. */
export function unitsOf(language: string | null): Units {
  return language === "en_US" ? american : metric;
}
