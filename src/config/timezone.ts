const OFFSET = /^([+-])(\d{2}):?(\d{2})$/;

/**
 * Minutes east of UTC of a zone at a moment: `UTC`, an offset such as `+02:00`, or an IANA name. Null when there is no such
 * zone. A name with summer time has one offset at that moment and another half a year later.
 */
export function zoneOffsetMinutes(zone: string, at: number): number | null {
  if (/^(?:utc|z|gmt)$/i.test(zone)) return 0;
  const offset = OFFSET.exec(zone);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    if (Number(offset[3]) > 59 || minutes > 14 * 60) return null;
    return offset[1] === '-' ? -minutes : minutes;
  }
  if (!/^[A-Za-z][\w+/-]{1,63}$/.test(zone)) return null;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? '';
    return name === 'GMT' ? 0 : zoneOffsetMinutes(name.replace('GMT', ''), at);
  } catch {
    return null;
  }
}

/** True when the zone's offset is not the same all year round. */
export function hasSummerTime(zone: string, year: number): boolean {
  return zoneOffsetMinutes(zone, Date.UTC(year, 0, 1)) !== zoneOffsetMinutes(zone, Date.UTC(year, 6, 1));
}
