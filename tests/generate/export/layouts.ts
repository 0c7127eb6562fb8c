/**
 * Where a file lies in an account archive of each generation, as `reference/takeout-export.md` numbers
 * them; or that the generation does not have it.
 */

/** The generations of the layout. */
export const generations = ["G1", "G2", "G3", "G4", "G4n", "G5", "G6"] as const;
export type Generation = typeof generations[number];

/** What a file is, whatever the generation calls its folder. */
export type Place =
  /** The JSON tree; its category is the folder that G2 has it in. */
  | { readonly tree: "json"; readonly category: string }
  /** The CSV files by category; `early`: the folder that G2 has it in, `first`: that of G1. */
  | {
    readonly tree: "category";
    readonly folder: string;
    readonly early?: string;
    readonly first?: string;
  }
  /** The trees of Google's data: `Physical Activity`, `Health Fitness Data`; a title a family. */
  | { readonly tree: "google"; readonly product: string; readonly title: string }
  | { readonly tree: "profile" };

/** A file of an export, before it has its place. */
export interface ExportFile {
  readonly place: Place;
  readonly name: string;
  readonly text: string;
}

type FolderOf<Tree extends Place["tree"]> = (
  place: Extract<Place, { tree: Tree }>,
) => string | undefined;

interface Layout {
  readonly root: string;
  readonly json: FolderOf<"json">;
  readonly category: FolderOf<"category">;
  readonly google: FolderOf<"google">;
  /** The column `data source` of Google's CSV files. */
  readonly hasDataSource: boolean;
}

const nowhere = () => undefined;

const takeout: Omit<Layout, "root"> = {
  json: () => "Global Export Data",
  category: ({ folder }) => folder,
  google: nowhere,
  hasDataSource: false,
};

/** Each generation's layout. */
export const layouts: Readonly<Record<Generation, Layout>> = {
  G1: {
    root: "MyFitbitData/Ada",
    json: () => "user-site-export",
    category: ({ first }) => first,
    google: nowhere,
    hasDataSource: false,
  },
  G2: {
    root: "MyFitbitData/Ada",
    json: ({ category }) => category,
    category: ({ early }) => early,
    google: nowhere,
    hasDataSource: false,
  },
  G3: { ...takeout, root: "Takeout/Fitbit" },
  G4: { ...takeout, root: "Takeout/Fitbit", google: ({ product }) => `${product}_GoogleData` },
  G4n: {
    ...takeout,
    root: "Ada Lovelace",
    google: ({ product }) => `Google Data/${product}`,
    hasDataSource: true,
  },
  G5: {
    ...takeout,
    root: "Takeout/Google Health",
    google: ({ product }) => `${product}_GoogleData`,
    hasDataSource: true,
  },
  G6: {
    ...takeout,
    root: "Takeout/Google Health",
    google: ({ product, title }) => `${product}_GoogleData/${title}`,
    hasDataSource: true,
  },
};

/** The path of a file in an archive of that generation; undefined where it has none. */
export function pathIn(generation: Generation, { place, name }: ExportFile): string | undefined {
  const layout = layouts[generation];
  const folder = folderOf(layout, place);
  return folder === undefined ? undefined : `${layout.root}/${folder}/${name}`;
}

function folderOf(layout: Layout, place: Place): string | undefined {
  switch (place.tree) {
    case "json":
      return layout.json(place);
    case "category":
      return layout.category(place);
    case "google":
      return layout.google(place);
    case "profile":
      return "Your Profile";
  }
}
