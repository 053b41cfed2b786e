/** What must not get into any report. */
export const SERIAL_NUMBER = '20C0PDN123456';
