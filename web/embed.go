package web

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed all:dist
var embedded embed.FS

// unbuilt answers for the pages of a binary that was made before the UI.
const unbuilt = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Guan</title></head>
<body><h1>The UI is not in this binary</h1>
<p>Build it, then the program: <code>cd web &amp;&amp; npm ci &amp;&amp; npm run build</code>, then <code>go build ./cmd/guan</code>.
The API under <code>/api/v1</code> works without it.</p></body></html>
`

// FS returns the built UI. It holds no index.html when the UI was not built.
func FS() fs.FS {
	sub, err := fs.Sub(embedded, "dist")
	if err != nil {
		panic(err) // dist is a constant that go:embed has found
	}
	return sub
}

// Handler serves the embedded UI. It answers GET and HEAD, and 405 to everything else.
func Handler() http.Handler { return handler{FS()} }

type handler struct{ files fs.FS }

// asset is one file of the UI as it goes out: content in an encoding the caller understands.
type asset struct {
	content  []byte
	encoding string // "br", "gzip", or "" for the plain file
}

// encodings are the ways in which the build leaves a file, the smallest first.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// Open returns the file in the best encoding that accept (an Accept-Encoding header) allows.
// The error is fs.ErrNotExist when there is no such file.
func Open(files fs.FS, name, accept string) (content []byte, encoding string, err error) {
	a, err := open(files, name, accept)
	return a.content, a.encoding, err
}

func open(files fs.FS, name, accept string) (asset, error) {
	// The compressed forms are no files of their own: nobody links to them.
	if !fs.ValidPath(name) || strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz") || strings.HasPrefix(path.Base(name), ".") {
		return asset{}, fs.ErrNotExist
	}
	for _, e := range encodings {
		if !accepts(accept, e.name) {
			continue
		}
		if content, err := fs.ReadFile(files, name+e.suffix); err == nil {
			return asset{content, e.name}, nil
		}
	}
	content, err := fs.ReadFile(files, name)
	if err != nil {
		return asset{}, fs.ErrNotExist // a folder is no file either
	}
	return asset{content, ""}, nil
}

// accepts reports whether an Accept-Encoding header allows the encoding. One with q=0 is refused.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		value, found := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if !found {
			return true
		}
		q, err := strconv.ParseFloat(value, 64)
		return err == nil && q > 0
	}
	return false
}

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	accept := r.Header.Get("Accept-Encoding")
	if strings.HasPrefix(name, "assets/") {
		file, err := open(h.files, name, accept)
		if err != nil {
			w.Header().Set("Cache-Control", "no-store")
			http.Error(w, "no such file", http.StatusNotFound)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		send(w, name, file)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	if name != "" && name != "index.html" {
		if file, err := open(h.files, name, accept); err == nil {
			send(w, name, file)
			return
		}
	}
	if file, err := open(h.files, "index.html", accept); err == nil {
		send(w, "index.html", file)
		return
	}
	send(w, "index.html", asset{[]byte(unbuilt), ""})
}

// types are the media types of what a build makes; the machine's own table may say otherwise.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
	".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2",
}

// send writes the file. A write that fails means the reader has gone; there is nobody to tell.
func send(w http.ResponseWriter, name string, file asset) {
	kind := types[path.Ext(name)]
	if kind == "" {
		kind = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Add("Vary", "Accept-Encoding")
	h.Set("Content-Length", strconv.Itoa(len(file.content)))
	if file.encoding != "" {
		h.Set("Content-Encoding", file.encoding)
	}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(file.content)
}
