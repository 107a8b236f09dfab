package main

import (
	"fmt"
	"runtime/debug"

	"guan/httpapi"
)

// release is set by the build: -ldflags "-X main.release=1.2.3".
var release = "development"

type version struct{}

// Run prints what was built, and of what.
func (version) Run(t *terminal) error {
	line := "guan " + release
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				line += " " + s.Value
			}
		}
		line += " " + info.GoVersion
	}
	_, err := fmt.Fprintln(t.out, line)
	return err
}

type openAPI struct{}

// Run prints the document.
func (openAPI) Run(t *terminal) error {
	_, err := t.out.Write(httpapi.OpenAPI())
	return err
}
