/** The OAuth client: the file that Google's console hands out, or the same two words for Fitbit. */

import { z } from "zod";
import { UsageError } from "../errors.ts";

/** What a client shows a service. */
export interface OAuthClient {
  readonly id: string;
  /** Undefined for a client that has none. */
  readonly secret: string | undefined;
  /** The address it is registered with, when the file names one for this machine. */
  readonly redirect?: string;
}

const clientSchema = z.object({
  client_id: z.string().min(1),
  client_secret: z.string().min(1).optional(),
  redirect_uri: z.string().optional(),
});

/** As downloaded (`installed`), or bare. */
const fileSchema = z.union([
  z.object({ installed: clientSchema }).transform(({ installed }) => installed),
  clientSchema,
]);

/** Files of the same console that are something else, by what stands in them. */
const others: readonly { readonly schema: z.ZodType; readonly what: string }[] = [
  { schema: z.object({ web: z.unknown() }), what: "a client of type Web application" },
  { schema: z.object({ type: z.literal("service_account") }), what: "a service account's key" },
  { schema: z.object({ refresh_token: z.string() }), what: "a login of another program" },
];

/**
 * The client in a file's text. Throws a UsageError, which quotes nothing of it.
 * @param path For the words only.
 */
export function readClient(text: string, path: string): OAuthClient {
  const hint =
    "Create a client of type Desktop app at https://console.cloud.google.com/auth/clients and download its JSON";
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`Cannot read the client in "${path}": it is not JSON`, hint);
  }
  const other = others.find(({ schema }) => schema.safeParse(content).success);
  if (other !== undefined) throw new UsageError(`Cannot use "${path}": it is ${other.what}`, hint);
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    throw new UsageError(
      `Cannot find a client in "${path}": expected client_id and client_secret`,
      hint,
    );
  }
  const { client_id, client_secret, redirect_uri } = parsed.data;
  return {
    id: client_id,
    secret: client_secret,
    ...redirect_uri === undefined ? {} : { redirect: redirect_uri },
  };
}
