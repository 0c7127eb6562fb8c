/** What we tell launchd and Windows, read by parsers that nobody here wrote: Python's. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { clockText } from "../../pipeline/schedule/job.ts";
import { awkwardJob, plainJob } from "../schedule/jobs.ts";
import { python, pythonMissing, run } from "./installs.ts";

const fixtures = fileURLToPath(new URL("../fixtures/schedule/", import.meta.url));

const program = `
import json, plistlib, sys, xml.etree.ElementTree as tree
with open(sys.argv[1], "rb") as file:
    agent = plistlib.load(file)
task = tree.parse(sys.argv[2]).getroot()
space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
text = lambda path: task.find(path, space).text
print(json.dumps({
    "agent": agent,
    "command": text(".//t:Exec/t:Command"),
    "arguments": text(".//t:Exec/t:Arguments"),
    "start": text(".//t:StartBoundary"),
}))
`;

for (const job of [plainJob, awkwardJob]) {
  Deno.test(`Python reads the agent and the task of ${job.name}${pythonMissing}`, {
    ignore: pythonMissing !== "",
  }, async () => {
    const files = [`${fixtures}org.${job.name}.plist`, `${fixtures}${job.name}.xml`];
    const read = JSON.parse(await run(python, ["-c", program, ...files]));
    assert.deepEqual(read.agent.ProgramArguments, job.command);
    assert.deepEqual(read.agent.EnvironmentVariables ?? {}, job.env);
    assert.deepEqual(read.agent.StartCalendarInterval, {
      Hour: job.at.hour,
      Minute: job.at.minute,
    });
    assert.equal(read.command, job.command[0]);
    assert.equal(read.start.slice(11, 16), clockText(job.at));
    // How the line is cut into words again is tried in tests/schedule/quoting_test.ts.
    for (const word of job.command.slice(1).filter((word) => /^[\w.:/-]+$/.test(word))) {
      assert.ok(read.arguments.split(" ").includes(word), word);
    }
  });
}
