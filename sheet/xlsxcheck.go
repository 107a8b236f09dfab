package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// beside are parts of a workbook that tell nothing of a table, by their root: the library leaves
// them as they are, and some have a great many elements.
var beside = map[string]bool{
	"pivotCacheRecords": true, "pivotCacheDefinition": true, "pivotTableDefinition": true, "externalLink": true, "comments": true, "wsDr": true, "chartSpace": true,
}

// errCharset is an encoding that is not UTF-8: what a part says in it would be counted by nobody.
var errCharset = errors.New("the part is not in UTF-8")

// counted is what was found in a workbook so far, over all its parts.
type counted struct{ elements, sheets, texts int }

// count reads a part as XML and refuses one of which the library would make too much. What the part
// is goes by its root and not by its name, which the workbook itself can say otherwise.
func (n *counted) count(part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	pieces := &pieceReader{from: in}
	d := xml.NewDecoder(pieces)
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errCharset }
	root, rows, cells := "", 0, 0
	for {
		pieces.room = pieceLimit
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		element, begins := token.(xml.StartElement)
		if !begins {
			continue
		}
		local := element.Name.Local
		switch {
		case root == "":
			root = local
		case root != "worksheet" && root != "sst" && !beside[root]:
			n.elements++
			if local == "sheet" {
				n.sheets++
			}
		case local == "si":
			n.texts++
		case local == "row":
			rows, cells = rows+1, 0
		case local == "c":
			cells++
		}
		if n.elements > elementsLimit || n.sheets > sheetsLimit || n.texts > sharedLimit || rows > xlsxRows || cells > rowLimit {
			return errBomb
		}
	}
}

// mustRead reports whether a mistake in a part refuses the workbook: everything in tables, and
// elsewhere an encoding in which something could be hidden.
func mustRead(name string, err error) bool {
	return isTable(name) || errors.Is(err, errCharset) && !strings.HasPrefix(name, "customxml/")
}

// pieceReader gives no more than its room between two pieces: the decoder keeps a piece in memory
// until it is whole.
type pieceReader struct {
	from io.Reader
	room int
}

func (r *pieceReader) Read(p []byte) (int, error) {
	if r.room <= 0 {
		return 0, errBomb
	}
	n, err := r.from.Read(p[:min(len(p), r.room)])
	r.room -= n
	return n, err
}
