package leak_test

var watermarkRoutes = []string{"POST /api/v1/watermark/trace", "GET /api/v1/watermark/settings", "PUT /api/v1/watermark/settings"}

// watermarks asks for codes that lead nowhere and for what is no code: without the right there is one answer.
func watermarks(c *prober) {
	for _, code := range []string{"00000-00000", "0000?-0000?", "12345", "%", ""} {
		c.ask("POST", "/api/v1/watermark/trace", map[string]string{"code": code})
	}
	c.get("/api/v1/watermark/settings")
	c.ask("PUT", "/api/v1/watermark/settings", map[string]any{"everyone": false}, "If-Match", "99")
}
