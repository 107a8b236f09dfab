// Command fontcut makes the font of package paper from the collection that Debian's package
// fonts-wqy-microhei installs: its first font, with only the tables a PDF needs, compressed:
// go run ./internal/fontcut -from /usr/share/fonts/truetype/wqy/wqy-microhei.ttc.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
)

// kept are the tables by which a PDF draws. What places marks over letters or writes downwards
// (GPOS, vmtx) no writer of PDF reads.
var kept = []string{"OS/2", "cmap", "cvt ", "fpgm", "gasp", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "prep"}

func main() {
	from := flag.String("from", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "the collection")
	to := flag.String("to", "paper/font/wqy-microhei.ttf.gz", "the file to write")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	all, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if len(all) < 16 || string(all[:4]) != "ttcf" {
		return fmt.Errorf("%s is no collection of TrueType fonts", from)
	}
	start := binary.BigEndian.Uint32(all[12:])
	tables := map[string][]byte{}
	for i := range uint32(binary.BigEndian.Uint16(all[start+4:])) {
		at := all[start+12+16*i:]
		off, n := binary.BigEndian.Uint32(at[8:]), binary.BigEndian.Uint32(at[12:])
		tables[string(at[:4])] = all[off : off+n]
	}
	// The names of glyphs are the half of the table 'post'; version 3 is without them.
	post := append([]byte{0, 3, 0, 0}, tables["post"][4:32]...)
	tables["post"] = post

	var head, body bytes.Buffer
	head.Write([]byte{0, 1, 0, 0})
	_ = binary.Write(&head, binary.BigEndian, []uint16{uint16(len(kept)), 128, 3, uint16(len(kept)*16 - 128)})
	for _, name := range kept {
		data := tables[name]
		if data == nil {
			return fmt.Errorf("%s has no table %q", from, name)
		}
		at := 12 + 16*len(kept) + body.Len()
		body.Write(data)
		body.Write(make([]byte, (4-len(data)%4)%4))
		var sum uint32
		padded := append(bytes.Clone(data), 0, 0, 0)
		for i := 0; i+4 <= len(padded); i += 4 {
			sum += binary.BigEndian.Uint32(padded[i:])
		}
		head.WriteString(name)
		_ = binary.Write(&head, binary.BigEndian, []uint32{sum, uint32(at), uint32(len(data))})
	}
	var out bytes.Buffer
	zip, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, part := range [][]byte{head.Bytes(), body.Bytes()} {
		if _, err := zip.Write(part); err != nil {
			return err
		}
	}
	if err := zip.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}
