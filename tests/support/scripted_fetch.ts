/** What a request gets: JSON with status 200, or a whole response. */
export type Scripted = Response | object;

/** A fetch that answers by path and query, and the requests it saw, in order. */
export class ScriptedFetch {
  /** `GET /path?query`, decoded. */
  readonly seen: string[] = [];
  /** Authorization header of each. */
  readonly tokens: string[] = [];
  readonly #answer: (url: URL, request: Request) => Scripted;

  constructor(answer: (url: URL, request: Request) => Scripted) {
    this.#answer = answer;
  }

  readonly fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const query = [...url.searchParams].map(([name, value]) => `${name}=${value}`).join("&");
    this.seen.push(`${request.method} ${url.pathname}${query === "" ? "" : `?${query}`}`);
    this.tokens.push(request.headers.get("authorization") ?? "");
    const answer = this.#answer(url, request);
    return Promise.resolve(answer instanceof Response ? answer : Response.json(answer));
  };
}

/** What was thrown by work that must fail. */
export async function failureOf(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new TypeError("Nothing was thrown");
}
