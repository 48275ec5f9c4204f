/** An address of the host itself: 127.0.0.0/8 (RFC 1122 3.2.1.3) or ::1 (RFC 4291 2.5.3). */
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** All addresses of the host, none of another: RFC 1122 3.2.1.3, RFC 4291 2.5.2. */
export const isUnspecified = (address: string): boolean => address === '0.0.0.0' || address === '::';
