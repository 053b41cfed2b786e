/** For sentences: `2026-11-24T02:12:30+01:00` as `2026-11-24 02:12`, by the NAS's clock. */
export const readableTime = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
