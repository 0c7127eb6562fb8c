/**
 * The IANA zones as a small number of hypotheses: within a span of time many zones follow the same
 * rules and count as one. Pure, given the runtime's own zone data.
 */

/** From that instant on (ms since 1970; -Infinity for the first) a zone's clock was so far from UTC. */
export interface ZoneChange {
  readonly at: number;
  readonly offset_s: number;
}

/** Zones that kept the same clock within the span asked for. */
export interface ZoneRules {
  /** One of them: the preferred one, or the first by name. */
  readonly name: string;
  readonly preferred: boolean;
  /** How many they are. */
  readonly zones: number;
  /** In order of time; at least one. */
  readonly changes: readonly ZoneChange[];
}

/**
 * All rules that some zone followed between two instants (ms since 1970), the likelier first: those
 * of a preferred zone, then those that most zones share, then by name.
 * @param preferred Zones the person is known to live in.
 */
export function zoneRulesBetween(
  from: number,
  until: number,
  preferred: readonly string[],
): ZoneRules[] {
  const found = new Map<string, ZoneRules & { zones: number }>();
  for (const name of new Set([...preferred, ...Intl.supportedValuesOf("timeZone")])) {
    const changes = zoneChanges(name, from, until);
    const key = changes.map(({ at, offset_s }) => `${at} ${offset_s}`).join();
    const same = found.get(key);
    if (same !== undefined) same.zones++;
    else found.set(key, { name, preferred: preferred.includes(name), zones: 1, changes });
  }
  return Array.from(found.values()).sort((a, b) =>
    Number(b.preferred) - Number(a.preferred) || b.zones - a.zones || (a.name < b.name ? -1 : 1)
  );
}

/** What a zone's clock did between two instants: the offset at the first, and each change after it. */
export function zoneChanges(timeZone: string, from: number, until: number): ZoneChange[] {
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  const changes = [{ at: -Infinity, offset_s: at.offsetNanoseconds / 1e9 }];
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds > until) return changes;
    changes.push({ at: next.epochMilliseconds, offset_s: next.offsetNanoseconds / 1e9 });
    at = next;
  }
}

/** The offset in force at an instant, in seconds. */
export function offsetAt(changes: readonly ZoneChange[], at: number): number {
  let offset = 0;
  for (const change of changes) {
    if (change.at > at) break;
    offset = change.offset_s;
  }
  return offset;
}
