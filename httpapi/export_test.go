package httpapi

// Routes lists the table as "METHOD pattern".
func Routes() []string {
	var all []string
	for _, r := range new(api).routes() {
		all = append(all, r.method+" "+r.pattern)
	}
	return all
}

// Patterns lists what may stand in logs and metrics as a route.
func Patterns() []string {
	all := []string{"/api", "/api/", "/"}
	for _, r := range new(api).routes() {
		all = append(all, r.pattern)
	}
	return all
}
