package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

var built = fstest.MapFS{
	"index.html":         {Data: []byte("<p>the app</p>")},
	"index.html.br":      {Data: []byte("app in br")},
	"assets/a-1.js":      {Data: []byte("script")},
	"assets/a-1.js.br":   {Data: []byte("script in br")},
	"assets/a-1.js.gz":   {Data: []byte("script in gz")},
	"assets/b-2.css":     {Data: []byte("style")},
	"assets/icon-3.svg":  {Data: []byte("<svg/>")},
	"robots.txt":         {Data: []byte("User-agent: *")},
	".keep":              {Data: []byte("")},
	"assets/deep/x-4.js": {Data: []byte("deep")},
}

func get(t *testing.T, files fstest.MapFS, method, path, accept string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	handler{files}.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), string(body)
}

func TestHandler(t *testing.T) {
	const forever, never = "public, max-age=31536000, immutable", "no-cache"
	for _, c := range []struct {
		name, path, accept              string
		status                          int
		body, encoding, caching, ofType string
	}{
		{"start page", "/", "", 200, "<p>the app</p>", "", never, "text/html"},
		{"page of the app", "/records/customer/7", "", 200, "<p>the app</p>", "", never, "text/html"},
		{"page, compressed", "/org", "gzip, br", 200, "app in br", "br", never, "text/html"},
		{"page by its file name", "/index.html", "", 200, "<p>the app</p>", "", never, "text/html"},
		{"script, plain", "/assets/a-1.js", "", 200, "script", "", forever, "text/javascript"},
		{"script, brotli first", "/assets/a-1.js", "gzip, deflate, br", 200, "script in br", "br", forever, "text/javascript"},
		{"script, gzip", "/assets/a-1.js", "gzip", 200, "script in gz", "gzip", forever, "text/javascript"},
		{"script, brotli refused", "/assets/a-1.js", "br;q=0, gzip;q=0.5", 200, "script in gz", "gzip", forever, "text/javascript"},
		{"style without compressed form", "/assets/b-2.css", "br", 200, "style", "", forever, "text/css"},
		{"picture", "/assets/icon-3.svg", "", 200, "<svg/>", "", forever, "image/svg+xml"},
		{"unknown asset", "/assets/old-9.js", "", 404, "no such file\n", "", "no-store", "text/plain"},
		{"compressed form by name", "/assets/a-1.js.br", "", 404, "no such file\n", "", "no-store", "text/plain"},
		{"folder", "/assets/deep", "", 404, "no such file\n", "", "no-store", "text/plain"},
		{"the folder of assets", "/assets/", "", 404, "no such file\n", "", "no-store", "text/plain"},
		{"out of the folder", "/assets/../../embed.go", "", 404, "no such file\n", "", "no-store", "text/plain"},
		{"file that is no asset", "/robots.txt", "", 200, "User-agent: *", "", never, "text/plain"},
		{"hidden file", "/.keep", "", 200, "<p>the app</p>", "", never, "text/html"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, body := get(t, built, "GET", c.path, c.accept)
			if r.StatusCode != c.status || body != c.body {
				t.Errorf("got %d %q, want %d %q", r.StatusCode, body, c.status, c.body)
			}
			if got := r.Header.Get("Content-Encoding"); got != c.encoding {
				t.Errorf("encoding %q, want %q", got, c.encoding)
			}
			if got := r.Header.Get("Cache-Control"); got != c.caching {
				t.Errorf("caching %q, want %q", got, c.caching)
			}
			if got := r.Header.Get("Content-Type"); !strings.HasPrefix(got, c.ofType) {
				t.Errorf("type %q, want %q", got, c.ofType)
			}
		})
	}
}

func TestUnbuilt(t *testing.T) {
	r, body := get(t, fstest.MapFS{".keep": {}}, "GET", "/", "br")
	if r.StatusCode != 200 || !strings.Contains(body, "npm run build") {
		t.Errorf("got %d %q, want a page that says how to build", r.StatusCode, body)
	}
}

func TestMethods(t *testing.T) {
	r, _ := get(t, built, "POST", "/", "")
	if r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: got %d, Allow %q", r.StatusCode, r.Header.Get("Allow"))
	}
	if r, _ := get(t, built, "HEAD", "/", ""); r.StatusCode != 200 {
		t.Errorf("HEAD: got %d", r.StatusCode)
	}
}

// The policy the server sends allows no inline script or style; the built page must need none.
func TestNoInline(t *testing.T) {
	page, _, err := Open(FS(), "index.html", "")
	if err != nil {
		return // not built: TestUnbuilt holds that page
	}
	for _, tag := range []string{"<style", "style=", "onclick=", "<script>"} {
		if strings.Contains(string(page), tag) {
			t.Errorf("index.html holds %s", tag)
		}
	}
}
