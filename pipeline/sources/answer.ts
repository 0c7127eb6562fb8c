/** What account and client of both live sources do with an answer: type it, or do without it. */

import { z } from "zod";
import { StreamRefused, UserError } from "../errors.ts";
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

/** What the work gives; undefined when the login was refused it. Throws everything else. */
export async function ifAllowed<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StreamRefused) return undefined;
    throw error;
  }
}
