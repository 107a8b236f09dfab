// What the person chose for this browser (language, theme) stands in a cookie: the server may read
// it, and the browser's storages stay empty.

export function readCookie(name: string): string | undefined {
  for (const part of document.cookie.split('; ')) {
    const [key, value] = part.split('=')
    if (key === name && value) return decodeURIComponent(value)
  }
  return undefined
}

export function writeCookie(name: string, value: string) {
  const year = 365 * 24 * 3600
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`
}
