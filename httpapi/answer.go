package httpapi

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"guan/fault"
)

// gzipFrom is the least number of bytes worth compressing.
const gzipFrom = 1024

// items is the answer of routes that give all of a few things.
type items[T any] struct {
	Items []T `json:"items"`
}

// itemsOf makes an empty list of nil: a client never finds null in place of a list.
func itemsOf[T any](some []T) items[T] {
	if some == nil {
		some = []T{}
	}
	return items[T]{some}
}

// answer writes a JSON body.
func (c *call) answer(status int, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fault.From(err)
	}
	c.write(status, "application/json", text)
	return nil
}

// done answers without a body.
func (c *call) done() error {
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

var gzips = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is a valid one
	return w
}}

// write sends a whole body, compressed where the client takes that and it is worth it.
func (c *call) write(status int, contentType string, body []byte) {
	h := c.w.Header()
	h.Set("Content-Type", contentType)
	h.Add("Vary", "Accept-Encoding")
	if len(body) >= gzipFrom && acceptsGzip(c.r.Header.Get("Accept-Encoding")) {
		var small bytes.Buffer
		z := gzips.Get().(*gzip.Writer)
		z.Reset(&small)
		z.Write(body)
		z.Close()
		gzips.Put(z)
		body = small.Bytes()
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.w.WriteHeader(status)
	c.w.Write(body)
}

// acceptsGzip reads an Accept-Encoding header.
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding != "gzip" && coding != "*" {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
		return !found || strings.Trim(q, "0.") != ""
	}
	return false
}

// recorder notes what was answered, for the log and the metrics.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
