/** The ways in: what each brings and costs, what has to be known for it, and the commands it takes. */

/** What `--have` calls them. */
export const wayNames = ["archive", "google", "saved", "nothing"] as const;

export type WayName = typeof wayNames[number];

/** What a person has said. */
export interface Answers {
  readonly paths: readonly string[];
  readonly timezone: string | undefined;
  readonly from: string | undefined;
  readonly daily: boolean;
  /** Whether there is a login already. */
  readonly loggedIn: boolean;
}

/** A task and its arguments. */
export interface Step {
  /** What it does, in a line. */
  readonly about: string;
  readonly argv: readonly string[];
}

/** One way in. */
export interface Way {
  /** As an answer to "What do you have?". */
  readonly answer: string;
  readonly brings: string;
  readonly costs: string;
  /** What has to be known, in the order it is asked. */
  readonly asks: readonly ("paths" | "timezone" | "from" | "daily")[];
  /** How to come by what it needs, for somebody who has it not yet. */
  readonly first?: readonly string[];
  readonly steps: (answers: Answers) => readonly Step[];
}

const tables: Step = { about: "Make tables of what came in", argv: ["pipeline"] };

export const ways: Readonly<Record<WayName, Way>> = {
  archive: {
    answer: "An archive from Google Takeout, or an old Fitbit export",
    brings:
      "All of your past, back to the first day of the watch, every second of it. Nothing new " +
      "comes in by itself: take in another archive later, or add a Google account",
    costs:
      "No money and no registration: two minutes to ask for it, hours to days until Google has " +
      "made it, minutes to read it in",
    asks: ["paths"],
    first: [
      "Open https://takeout.google.com and log in with the account of your watch",
      "Deselect all, then tick Google Health (earlier: Fitbit)",
      "Next step; export once, as .zip, of any size; Create export",
      "Google writes to you when it is ready: download every part, and unpack none",
      "Then: deno task start --have archive takeout-*.zip",
    ],
    steps: ({ paths }) => [
      { about: "Read the archive where it lies", argv: ["import", ...paths] },
      tables,
    ],
  },
  google: {
    answer: "A Google account that my watch syncs to",
    brings: "Every day from now on, every second of it, and the past as far back as you ask for it",
    costs:
      "No money: about ten minutes once, in Google's Cloud console, for a login of your own. " +
      "deno task login goes through it with you, step by step",
    asks: ["from", "daily"],
    steps: ({ from, daily, loggedIn }) => {
      const days = from === undefined ? [] : ["--from", from];
      return [
        ...loggedIn ? [] : [{
          about: "Get a login of your own",
          argv: ["login", "google-health"],
        }],
        { about: "See what fetching will cost", argv: ["plan", ...days] },
        {
          about: "Fetch it and make tables; stop it whenever you like, the next run goes on",
          argv: ["pipeline", ...days],
        },
        ...daily ? [{ about: "Do so every day by itself", argv: ["schedule", "--install"] }] : [],
      ];
    },
  },
  saved: {
    answer: "Files saved from the old Fitbit Web API, such as HR2016-06-16.json",
    brings: "The days that are in the files",
    costs: "Nothing: seconds to read them in",
    asks: ["paths", "timezone"],
    first: [
      "Files of the 2016 script, answers saved in a browser or by curl, whole folders of them: " +
      "everything is looked at, what is none is listed with the reason",
      "Then: deno task start --have saved HR*.json",
    ],
    steps: ({ paths, timezone }) => [
      {
        about: "Read the files",
        argv: ["import", ...timezone === undefined ? [] : ["--timezone", timezone], ...paths],
      },
      tables,
    ],
  },
  nothing: {
    answer: "Nothing yet: show me how it goes",
    brings: "A made-up person's 30 days, to look at in tables and notebooks",
    costs: "Less than a minute and about 15 MB in data/demo",
    asks: [],
    steps: () => [{ about: "Go the whole way once", argv: ["demo"] }],
  },
};

/** Options that go from command to command: where the data are, by which settings, whose. */
export const goneOnWith = ["data", "settings", "participant"] as const;

/** What can be done next. */
export interface NextStep extends Step {
  /** Of the options gone on with, those that it has. */
  readonly takes: readonly typeof goneOnWith[number][];
}

/** What can be done next, where the data are one's own; the demo has an end of its own. */
export const afterwards: readonly NextStep[] = [
  {
    about: "what is there, and what is missing",
    argv: ["status"],
    takes: ["data", "settings"],
  },
  { about: "look at it, on a page", argv: ["report"], takes: goneOnWith },
  { about: "look at it in Jupyter", argv: ["notebook"], takes: ["data", "settings"] },
  { about: "when something is not as it should be", argv: ["doctor"], takes: goneOnWith },
];
