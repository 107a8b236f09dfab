package vault

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/tink-crypto/tink-go/v2/streamingaead/subtle"

	"guan/fault"
)

// A file is sealed as a stream of segments, with a key that follows from its name and a key of the index: a name is
// given once. It begins with a mark and the number of that key. Files that an older version sealed have none, and
// those that were written before files were sealed no mark.

const (
	fileMark    = "guan-sealed-2\n"
	fileMarkOld = "guan-sealed-1\n"
	fileSegment = 1 << 16
	fileTag     = 16
	fileHeader  = 1 + secretSize + 7 // of the stream
)

func (k *Keys) fileCipher(number uint32, name string) (*subtle.AESGCMHKDF, error) {
	key := k.prf.PRFs[number]
	if key == nil {
		return nil, errFile
	}
	secret, err := key.ComputePRF(fmt.Appendf(nil, "guan file\x00%d\x00%s", k.tenant, name), secretSize)
	if err != nil {
		return nil, err
	}
	return subtle.NewAESGCMHKDF(secret, "SHA256", secretSize, fileSegment, 0)
}

var errFile = fault.New(fault.NotFound, "file_key", "the file was sealed with a key that is retired")

// SealFile gives a writer that seals what is written to it as the file of that name. Close ends the file.
func (k *Keys) SealFile(name string, to io.Writer) (io.WriteCloser, error) {
	c, err := k.fileCipher(k.IndexNumber(), name)
	if err != nil {
		return nil, err
	}
	if _, err := to.Write(binary.BigEndian.AppendUint32([]byte(fileMark), k.IndexNumber())); err != nil {
		return nil, err
	}
	return c.NewEncryptingWriter(to, nil)
}

// OpenedFile is a file that is read.
type OpenedFile struct {
	io.Reader
	Size    int64 // of what it holds
	Current bool  // it is sealed with the newest key
}

// OpenFile gives a reader of the file of that name and size. What was never sealed is read as it is. Faults: NotFound
// (file_key).
func (k *Keys) OpenFile(name string, from io.Reader, size int64) (*OpenedFile, error) {
	head := make([]byte, len(fileMark)+4)
	n, err := io.ReadFull(from, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	mark, rest := head[:min(n, len(fileMark))], head[min(n, len(fileMark)):n]
	number, before := k.FirstIndexNumber(), len(fileMark)
	switch string(mark) {
	case fileMark:
		if len(rest) < 4 {
			return nil, io.ErrUnexpectedEOF
		}
		number, before, rest = binary.BigEndian.Uint32(rest), before+4, nil
	case fileMarkOld:
	default:
		return &OpenedFile{io.MultiReader(bytes.NewReader(head[:n]), from), size, false}, nil
	}
	c, err := k.fileCipher(number, name)
	if err != nil {
		return nil, err
	}
	in, err := c.NewDecryptingReader(io.MultiReader(bytes.NewReader(rest), from), nil)
	return &OpenedFile{in, plainSize(size - int64(before)), string(mark) == fileMark && number == k.IndexNumber()}, err
}

// plainSize is how many bytes a stream opens to.
func plainSize(stream int64) int64 {
	left := stream - fileHeader
	segments := 1 + max(0, left-(fileSegment-fileHeader)+fileSegment-1)/fileSegment
	return left - segments*fileTag
}
