/** The only place that fetches. */
import type { paths } from "./types";

type Of<P extends keyof paths, M extends string> = P extends keyof paths ? (M extends keyof paths[P] ? paths[P][M] : never) : never;
type Json<R> = R extends { responses: infer A } ? (A extends Record<200, { content: { "application/json": infer T } }> ? T : A extends Record<201, { content: { "application/json": infer T } }> ? T : unknown) : unknown;
type Sent<R> = R extends { requestBody?: { content: { "application/json": infer B } } } ? B : undefined;
type Asked<M extends string> = { [P in keyof paths]: Of<P, M> extends undefined ? never : P }[keyof paths];

export type Query = Record<string, string | number | boolean | null | undefined>;

/** An answer that is an error, as RFC 9457 problem says it. */
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string, readonly remedy: string | null = null) {
    super(detail || title);
  }
}

let csrf: string | null = null;
let signedOut: () => void = () => undefined;

/** The token that every write carries, and what to do once the session is over. */
export function hold(token: string | null, out?: () => void): void {
  csrf = token;
  if (out) signedOut = out;
}

let told: (value: unknown) => void = () => undefined;

/** Has every answer seen by *look*. */
export function onAnswer(look: (value: unknown) => void): void {
  told = look;
}

/** Asks; `{…}` in *path* is filled from *at*. Raises Problem. */
export async function get<P extends Asked<"get">>(path: P, query: Query = {}, at: Record<string, string> = {}, signal?: AbortSignal): Promise<Json<Of<P, "get">>> {
  return (await answered(url(path as string, query, at), { signal: signal ?? null })) as Json<Of<P, "get">>;
}

export async function post<P extends Asked<"post">>(path: P, body: Sent<Of<P, "post">>, at: Record<string, string> = {}): Promise<Json<Of<P, "post">>> {
  return (await answered(url(path as string, {}, at), written("POST", body))) as Json<Of<P, "post">>;
}

export async function put<P extends Asked<"put">>(path: P, body: Sent<Of<P, "put">>, at: Record<string, string> = {}): Promise<Json<Of<P, "put">>> {
  return (await answered(url(path as string, {}, at), written("PUT", body))) as Json<Of<P, "put">>;
}

export async function patch<P extends Asked<"patch">>(path: P, body: Sent<Of<P, "patch">>, at: Record<string, string> = {}): Promise<Json<Of<P, "patch">>> {
  return (await answered(url(path as string, {}, at), written("PATCH", body))) as Json<Of<P, "patch">>;
}

export async function remove<P extends Asked<"delete">>(path: P, at: Record<string, string> = {}): Promise<void> {
  await answered(url(path as string, {}, at), written("DELETE", undefined));
}

/** The address of an answer, for links that download it. */
export function url(path: string, query: Query = {}, at: Record<string, string> = {}): string {
  const filled = path.replace(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(at[name] ?? ""));
  const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return search ? `${filled}?${search}` : filled;
}

function written(method: string, body: unknown): RequestInit {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (csrf) headers["X-CSRF-Token"] = csrf;
  return { method, headers, body: body === undefined ? null : JSON.stringify(body) };
}

async function answered(address: string, init: RequestInit): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(address, { ...init, credentials: "same-origin" });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Problem(0, "The server does not answer", "Nothing came back from onrecord on this machine.", "See whether `onrecord serve` still runs, then try again.");
  }
  if (answer.ok) {
    const value: unknown = answer.status === 204 ? null : await answer.json();
    told(value);
    return value;
  }
  if (answer.status === 401 && !address.includes("/session")) signedOut();
  throw await problem(answer);
}

async function problem(answer: Response): Promise<Problem> {
  try {
    const { title, detail, remedy } = (await answer.json()) as { title?: string; detail?: string; remedy?: string };
    return new Problem(answer.status, title ?? answer.statusText, detail ?? "", remedy ?? null);
  } catch {
    return new Problem(answer.status, answer.statusText || `error ${answer.status}`, "");
  }
}
