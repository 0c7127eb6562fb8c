/** The one boundary where an answer's envelope becomes typed. */

import { z } from "zod";
import { UserError } from "../errors.ts";
import type { ApiReply } from "./api.ts";

/** The answer's JSON as the schema has it; throws a UserError that names the request and the field. */
export function parsedAnswer<Value>(reply: ApiReply, schema: z.ZodType<Value>): Value {
  const result = schema.safeParse(reply.json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined ? "" : issue.path.map(String).join(".");
  throw new UserError(
    `Cannot read the answer to ${reply.label}: ${where === "" ? "" : `${where}: `}${
      issue?.message ?? "unexpected shape"
    }`,
  );
}
