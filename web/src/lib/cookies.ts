// What the person chose for this browser (language, theme) stands in a cookie: the server may read
// it, and the browser's storages stay empty.

export function readCookie(name: string): string | undefined {
  for (const part of document.cookie.split('; ')) {
    const [key, value] = part.split('=')
    if (key === name && value) return decodeURIComponent(value)
  }
  return undefined
}

const year = 365 * 24 * 3600

const write = (name: string, value: string, rest: string) => {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; samesite=lax${rest}`
}

export const writeCookie = (name: string, value: string) => write(name, value, `; max-age=${year}`)

/** A choice that ends with the browser; none takes it back. */
export const writeSessionCookie = (name: string, value: string | undefined) => write(name, value ?? '', value ? '' : '; max-age=0')
