/** The states that a civil day of a table can be in. */

/**
 * - `complete`: rows, and nothing more is to come
 * - `partial`: rows, and more may come, or some of what came could not be read
 * - `empty`: asked or imported, and there is nothing
 * - `missing`: there may be something, and it is not here
 */
export type CalendarState = "complete" | "partial" | "empty" | "missing";

/** The states in the order they are shown. */
export const calendarStates: readonly CalendarState[] = ["complete", "partial", "empty", "missing"];
