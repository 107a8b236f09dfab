package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/tink-crypto/tink-go/v2/streamingaead/subtle"
)

// A file is sealed as a stream of segments, with a key that follows from its name: a name is given once. It
// begins with a mark, by which files are told that were written before files were sealed.

const (
	fileMark    = "guan-sealed-1\n"
	fileSegment = 1 << 16
	fileTag     = 16
)

func (k *Keys) fileCipher(name string) (*subtle.AESGCMHKDF, error) {
	secret, err := k.prf.ComputePrimaryPRF(fmt.Appendf(nil, "guan file\x00%d\x00%s", k.tenant, name), secretSize)
	if err != nil {
		return nil, err
	}
	return subtle.NewAESGCMHKDF(secret, "SHA256", secretSize, fileSegment, 0)
}

// SealFile gives a writer that seals what is written to it as the file of that name. Close ends the file.
func (k *Keys) SealFile(name string, to io.Writer) (io.WriteCloser, error) {
	c, err := k.fileCipher(name)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(to, fileMark); err != nil {
		return nil, err
	}
	return c.NewEncryptingWriter(to, nil)
}

// OpenFile gives a reader of the file of that name. What was never sealed is read as it is.
func (k *Keys) OpenFile(name string, from io.Reader) (in io.Reader, sealed bool, err error) {
	head := make([]byte, len(fileMark))
	n, err := io.ReadFull(from, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, false, err
	}
	if string(head[:n]) != fileMark {
		return io.MultiReader(bytes.NewReader(head[:n]), from), false, nil
	}
	c, err := k.fileCipher(name)
	if err != nil {
		return nil, false, err
	}
	in, err = c.NewDecryptingReader(from, nil)
	return in, true, err
}

// PlainSize is how many bytes a sealed file of a size opens to.
func (k *Keys) PlainSize(sealed int64) int64 {
	const header = 1 + secretSize + 7
	left := sealed - int64(len(fileMark)) - header
	segments := 1 + max(0, left-(fileSegment-header)+fileSegment-1)/fileSegment
	return left - segments*fileTag
}
