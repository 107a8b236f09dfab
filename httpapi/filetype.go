package httpapi

import (
	"archive/zip"
	"bytes"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"guan/fault"
)

// fileType is a sort of file that may be put to a record: what its name ends with, what its sender
// may call it, and how its content is known.
type fileType struct {
	media string
	ends  []string
	alias []string // other names that browsers give it
	is    func(head []byte, file io.ReaderAt, size int64) bool
}

// fileTypes are all that are taken. What a browser or a computer would run stands in no row, and
// what is packed neither, since nobody looks inside.
var fileTypes = []fileType{
	{"application/pdf", []string{"pdf"}, nil, begins("%PDF-")},
	{"image/png", []string{"png"}, nil, begins("\x89PNG\r\n\x1a\n")},
	{"image/jpeg", []string{"jpg", "jpeg"}, []string{"image/jpg", "image/pjpeg"}, begins("\xff\xd8\xff")},
	{"image/gif", []string{"gif"}, nil, begins("GIF8")},
	{"image/webp", []string{"webp"}, nil, sniffed("image/webp")},
	{"image/heic", []string{"heic", "heif"}, []string{"image/heif"}, brand("heic", "heix", "mif1", "hevc")},
	{"audio/mpeg", []string{"mp3"}, []string{"audio/mp3"}, sniffed("audio/mpeg")},
	{"audio/wav", []string{"wav"}, []string{"audio/wave", "audio/x-wav"}, sniffed("audio/wave")},
	{"audio/amr", []string{"amr"}, nil, begins("#!AMR")},
	{"audio/mp4", []string{"m4a"}, []string{"audio/x-m4a", "audio/m4a", "video/mp4"}, brand("M4A ", "mp42", "isom", "M4B ")},
	{"video/mp4", []string{"mp4"}, []string{"audio/mp4"}, brand("isom", "iso2", "mp41", "mp42", "avc1", "M4V ", "dash", "iso4", "iso5", "iso6")},
	{"video/quicktime", []string{"mov"}, nil, brand("qt  ")},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", []string{"docx"}, nil, office("word/")},
	{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", []string{"xlsx"}, nil, office("xl/")},
	{"application/vnd.openxmlformats-officedocument.presentationml.presentation", []string{"pptx"}, nil, office("ppt/")},
	{"application/msword", []string{"doc"}, nil, begins(oldOffice)},
	{"application/vnd.ms-excel", []string{"xls"}, nil, begins(oldOffice)},
	{"application/vnd.ms-powerpoint", []string{"ppt"}, nil, begins(oldOffice)},
	{"text/csv", []string{"csv"}, []string{"text/plain", "application/csv", "application/vnd.ms-excel", "text/comma-separated-values"}, isText},
	{"text/plain", []string{"txt", "log"}, nil, isText},
}

// oldOffice begins the compound files of earlier office programs.
const oldOffice = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

var (
	badFileType = fault.New(fault.Invalid, "file_type", "files of this type are not taken").WithAt("file")
	falseType   = fault.New(fault.Invalid, "file_disguised", "the file is not what its name says").WithAt("file")
)

// headSize is how much of a file is looked at to know it.
const headSize = 4096

// mediaOf says what a file is. Its name, what its sender calls it, and its content must agree.
func mediaOf(name, declared string, file io.ReaderAt, size int64) (string, error) {
	end := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	head := make([]byte, min(headSize, size))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", err
	}
	for _, t := range fileTypes {
		if !slices.Contains(t.ends, end) {
			continue
		}
		if !t.is(head, file, size) {
			return "", falseType
		}
		if !t.calledSo(declared) {
			return "", falseType
		}
		return t.media, nil
	}
	return "", badFileType
}

// calledSo reports whether the sender's word for the file is one for this type, or none at all.
func (t fileType) calledSo(declared string) bool {
	if declared == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(declared)
	return err == nil && (media == "application/octet-stream" || media == t.media || slices.Contains(t.alias, media))
}

func begins(magic string) func([]byte, io.ReaderAt, int64) bool {
	return func(head []byte, _ io.ReaderAt, _ int64) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

func sniffed(media string) func([]byte, io.ReaderAt, int64) bool {
	return func(head []byte, _ io.ReaderAt, _ int64) bool { return http.DetectContentType(head) == media }
}

// brand knows the files of the ISO base format by their major brand.
func brand(names ...string) func([]byte, io.ReaderAt, int64) bool {
	return func(head []byte, _ io.ReaderAt, _ int64) bool {
		return len(head) >= 12 && string(head[4:8]) == "ftyp" && slices.Contains(names, string(head[8:12]))
	}
}

// office knows a package of an office program by its parts. One that carries macros is none.
func office(folder string) func([]byte, io.ReaderAt, int64) bool {
	return func(head []byte, file io.ReaderAt, size int64) bool {
		if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
			return false
		}
		z, err := zip.NewReader(file, size)
		if err != nil {
			return false
		}
		types, inside := false, false
		for _, f := range z.File {
			types = types || f.Name == "[Content_Types].xml"
			inside = inside || strings.HasPrefix(f.Name, folder)
			if strings.HasSuffix(strings.ToLower(f.Name), "vbaproject.bin") {
				return false
			}
		}
		return types && inside
	}
}

// markup begins what a browser would read as a page or a computer as a program, wherever in the head
// of a text it stands.
var markup = []string{"<html", "<script", "<svg", "<!doctype", "<?xml", "<iframe", "<body", "<?php"}

// isText takes plain text of any encoding that is neither markup nor a script.
func isText(head []byte, _ io.ReaderAt, _ int64) bool {
	if !strings.HasPrefix(http.DetectContentType(head), "text/plain") || bytes.HasPrefix(head, []byte("#!")) {
		return false
	}
	low := bytes.ToLower(head)
	for _, m := range markup {
		if bytes.Contains(low, []byte(m)) {
			return false
		}
	}
	return true
}
