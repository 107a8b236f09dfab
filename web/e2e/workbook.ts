import { crc32, deflateRawSync } from 'node:zlib'

// A workbook as a spreadsheet program saves one: texts in a shared table, numbers and days as
// numbers, all of it in a ZIP file. Stories send it where a person would choose a file.

/** A text, a number, or a day. */
export type Cell = string | number | Date

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const column = (n: number): string => (n >= 26 ? column(Math.floor(n / 26) - 1) : '') + String.fromCharCode(65 + (n % 26))
/** Days are counted from the end of 1899. */
const serial = (day: Date) => (day.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000

/** One sheet of rows, the headings first. */
export function workbook(name: string, rows: Cell[][]): Buffer {
  const texts = new Map<string, number>()
  let used = 0
  const cell = (value: Cell, at: string) => {
    if (value === '') return ''
    if (value instanceof Date) return `<c r="${at}" s="1"><v>${serial(value)}</v></c>`
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`
    used++
    if (!texts.has(value)) texts.set(value, texts.size)
    return `<c r="${at}" t="s"><v>${texts.get(value)}</v></c>`
  }
  const lines = rows.map((row, y) => `<row r="${y + 1}">${row.map((value, x) => cell(value, column(x) + (y + 1))).join('')}</row>`)
  const end = column((rows[0]?.length ?? 1) - 1) + rows.length
  const shared = [...texts.keys()].map((text) => `<si><t xml:space="preserve">${xml(text)}</t></si>`).join('')
  const one = '<fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
  const kind = (part: string, type: string) => `<Override PartName="/${part}" ContentType="${sheetType}.${type}+xml"/>`
  const leads = (id: number, type: string, to: string) => `<Relationship Id="rId${id}" Type="${office}/${type}" Target="${to}"/>`
  return zip({
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${kind('xl/workbook.xml', 'sheet.main')}${kind('xl/worksheets/sheet1.xml', 'worksheet')}${kind('xl/styles.xml', 'styles')}${kind('xl/sharedStrings.xml', 'sharedStrings')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships">${leads(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${xml(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships">${leads(1, 'worksheet', 'worksheets/sheet1.xml')}${leads(2, 'styles', 'styles.xml')}${leads(3, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}">${one}<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}" count="${used}" uniqueCount="${texts.size}">${shared}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><dimension ref="A1:${end}"/><sheetData>${lines.join('')}</sheetData></worksheet>`,
  })
}

/** The files in one ZIP file. */
function zip(files: Record<string, string>): Buffer {
  const parts: Buffer[] = []
  const index: Buffer[] = []
  let at = 0
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path)
    const plain = Buffer.from(head + text)
    const packed = deflateRawSync(plain)
    const about = Buffer.alloc(26) // what the file and the index both say of it
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(8, 4)
    about.writeUInt16LE(0x21, 8)
    about.writeUInt32LE(crc32(plain), 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(plain.length, 18)
    about.writeUInt16LE(name.length, 22)
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(at, 10)
    index.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), about, entry, name)
    parts.push(Buffer.from([0x50, 0x4b, 3, 4]), about, name, packed)
    at += 4 + about.length + name.length + packed.length
  }
  const list = Buffer.concat(index)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}
