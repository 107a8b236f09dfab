/** A sentence as the server says it: what stands between backticks, and not in a quotation, is code that has no words. */
export function Said({ text }: { text: string }) {
  const pieces = text.match(/“(?:\\.|[^”\\])*”|`[^`]*`|[^“`]+|./gs) ?? []
  return pieces.map((piece, i) => (piece.length > 1 && piece.startsWith('`') ? <code key={i} className="said-code">{piece.slice(1, -1)}</code> : piece))
}
