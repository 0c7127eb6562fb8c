/** One value of a setting, checked. */

import { UsageError } from "../errors.ts";
import { type SettingName, settings } from "./catalog.ts";

/**
 * The text of a value as an option would carry it.
 * @param value As the file holds it.
 * @returns What is wrong with it, where something is.
 */
export function settingText(
  name: SettingName,
  value: unknown,
): { readonly text: string } | { readonly problem: string } {
  const { inFile, check } = settings[name].kind;
  const read = inFile.safeParse(value);
  if (!read.success) return { problem: read.error.issues[0]?.message ?? "cannot be read" };
  try {
    check(read.data);
    return { text: read.data };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return {
      problem: error.hint === undefined ? error.message : `${error.message}. ${error.hint}`,
    };
  }
}
