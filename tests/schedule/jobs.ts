/** A plain job and one whose paths hold all that needs care. */

import type { DailyJob, Places } from "../../pipeline/schedule/job.ts";

export const plainJob: DailyJob = {
  name: "everysecond",
  command: ["/usr/bin/deno", "task", "--config", "/home/me/everysecond/deno.json", "pipeline"],
  env: {},
  at: { hour: 6, minute: 5 },
};

export const awkwardJob: DailyJob = {
  name: "everysecond-anna",
  command: [
    "/opt/100% Deno/deno",
    "task",
    `--data`,
    `/home/a b/it's "50%" of $HOME\\n & <more>`,
    "",
    "/ends with\\",
    "%h%%",
  ],
  env: { EVERYSECOND_CONFIG: "/home/a b/100% & 'so'" },
  at: { hour: 23, minute: 59 },
};

export const places: Places = {
  home: "/home/me",
  config: undefined,
  temporary: "C:\\Temp",
};
