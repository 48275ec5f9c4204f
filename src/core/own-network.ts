/** Networks of a site's own: RFC 1918, RFC 4193, RFC 3927 and RFC 4291 for one link. An IPv6 address stands in brackets. */
export const OWN_NETWORK = /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|\[f[cd]|\[fe[89ab])/;
