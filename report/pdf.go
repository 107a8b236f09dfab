package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"guan/paper"
)

// page is a report on its way to paper.
type page struct {
	*Report
	doc     *paper.Document
	english bool
	zone    *time.Location
}

// bars is how many people the chart shows.
const bars = 10

// PDF writes a report in English or Chinese, with instants in a zone. The watermark says whose copy it is.
func (r *Report) PDF(english bool, zone *time.Location, watermark string) ([]byte, error) {
	p := &page{Report: r, english: english, zone: zone}
	var err error
	p.doc, err = paper.New(paper.Options{
		Title: p.word("title") + " " + r.Month, Subject: r.Company, Author: r.Company, Made: r.MadeAt, English: english,
		Foot: p.word("foot") + " · " + r.Company + " · " + r.Month, Watermark: watermark,
	})
	if err != nil {
		return nil, err
	}
	p.head()
	p.summary()
	p.looked()
	p.exports()
	p.emergencies()
	p.grants()
	p.unusual()
	p.changes()
	return p.doc.Bytes()
}

func (p *page) head() {
	title := p.word("title") + " · " + p.Month
	if p.Preliminary {
		title += " (" + p.word("preliminary") + ")"
	}
	p.doc.Heading(1, title)
	scope := p.word("everyone")
	if p.Role == Head {
		scope = strings.Join(p.Units, ", ")
	}
	p.doc.Paragraph(p.Company + "\n" + p.word("scope") + ": " + scope + "\n" + p.word("for") + ": " + p.Reader.Name + "\n" +
		p.at(p.From) + " – " + p.at(p.Until) + "\n" + p.word("made") + ": " + p.at(p.MadeAt))
}

func (p *page) at(t time.Time) string { return t.In(p.zone).Format("2006-01-02 15:04") }

// number writes a number with its thousands apart.
func number(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func (p *page) summary() {
	p.doc.Heading(2, p.word("summary"))
	var rows [][]string
	for _, of := range []struct {
		key         string
		now, before int64
	}{
		{"seen", p.Total.Seen, p.Before.Seen}, {"opened", p.Total.Opened, p.Before.Opened}, {"exports", p.Total.Exports, p.Before.Exports},
		{"rows", p.Total.Rows, p.Before.Rows}, {"reveals", p.Total.Reveals, p.Before.Reveals}, {"denials", p.Total.Denials, p.Before.Denials},
	} {
		rows = append(rows, []string{p.word(of.key), number(of.now), number(of.before)})
	}
	p.doc.Table([]paper.Column{{Title: p.word("what"), Width: 5}, {Title: p.word("now"), Width: 2, Right: true}, {Title: p.word("before"), Width: 2, Right: true}}, slices.Values(rows))
}

// part begins a part of the report, and says so where it is empty.
func (p *page) part(key string, size int) bool {
	p.doc.Heading(2, p.word(key))
	if size == 0 {
		p.doc.Paragraph(p.word("none"))
	}
	return size > 0
}

func (p *page) looked() {
	if !p.part("looked", len(p.Looked)) {
		return
	}
	var chart []paper.Bar
	for _, l := range p.Looked[:min(bars, len(p.Looked))] {
		chart = append(chart, paper.Bar{Label: l.Name, Said: number(l.Seen + l.Opened), Length: float64(l.Seen + l.Opened)})
	}
	p.doc.Bars(chart)
	columns := []paper.Column{{Title: p.word("person"), Width: 3}, {Title: p.word("unit"), Width: 3}}
	for _, key := range []string{"seen", "before", "opened", "rows", "reveals", "denials"} {
		columns = append(columns, paper.Column{Title: p.word(key), Width: 2, Right: true})
	}
	p.doc.Table(columns, func(yield func([]string) bool) {
		for _, l := range p.Looked {
			if !yield([]string{l.Name, l.Unit, number(l.Seen), number(l.Before.Seen), number(l.Opened), number(l.Rows), number(l.Reveals), number(l.Denials)}) {
				return
			}
		}
	})
	p.more(p.More.Looked)
}

func (p *page) exports() {
	if !p.part("exported", len(p.Exports)) {
		return
	}
	p.doc.Table([]paper.Column{{Title: p.word("person"), Width: 3}, {Title: p.word("when"), Width: 3}, {Title: p.word("kind"), Width: 2},
		{Title: p.word("count"), Width: 2, Right: true}, {Title: p.word("purpose"), Width: 5}}, func(yield func([]string) bool) {
		for _, x := range p.Exports {
			if !yield([]string{x.By.Name, p.at(x.At), x.Label.in(p.english), number(x.Rows), x.Purpose}) {
				return
			}
		}
	})
	p.more(p.More.Exports)
}

func (p *page) emergencies() {
	if !p.part("emergencies", len(p.Emergencies)) {
		return
	}
	p.doc.Table([]paper.Column{{Title: p.word("person"), Width: 3}, {Title: p.word("when"), Width: 3}, {Title: p.word("kind"), Width: 2},
		{Title: p.word("reason"), Width: 5}, {Title: p.word("verdict"), Width: 2}}, func(yield func([]string) bool) {
		for _, e := range p.Emergencies {
			verdict := e.Verdict
			if verdict == "" {
				verdict = "no_verdict"
			}
			if !yield([]string{e.By.Name, p.at(e.At), e.Label.in(p.english), e.Reason, p.word(verdict)}) {
				return
			}
		}
	})
}

// States are how a grant stands, as keys of words.
func (g GrantTold) States() []string {
	var out []string
	if g.Given {
		out = append(out, "given")
	}
	switch {
	case g.Revoked && g.Ended:
		out = append(out, "revoked")
	case g.Ended:
		out = append(out, "ended")
	default:
		out = append(out, "open")
	}
	return out
}

func (p *page) grants() {
	if !p.part("grants", len(p.Grants)) {
		return
	}
	p.doc.Table([]paper.Column{{Title: p.word("giver"), Width: 3}, {Title: p.word("receiver"), Width: 3}, {Title: p.word("kind"), Width: 2},
		{Title: p.word("from"), Width: 3}, {Title: p.word("until"), Width: 3}, {Title: p.word("state"), Width: 3}}, func(yield func([]string) bool) {
		for _, g := range p.Grants {
			var states []string
			for _, s := range g.States() {
				states = append(states, p.word(s))
			}
			if !yield([]string{g.From.Name, g.To.Name, g.Label.in(p.english), p.at(g.Since), p.at(g.Until), strings.Join(states, ", ")}) {
				return
			}
		}
	})
	p.more(p.More.Grants)
}

func (p *page) unusual() {
	if !p.part("unusual", len(p.Unusual)) {
		return
	}
	var rows [][]string
	for _, u := range p.Unusual {
		for _, a := range u.Alerts {
			rows = append(rows, []string{u.Name, u.Unit, p.word("detector_" + a.Detector), number(a.Count), number(a.Confirmed), number(a.Dismissed)})
		}
	}
	p.doc.Table([]paper.Column{{Title: p.word("person"), Width: 3}, {Title: p.word("unit"), Width: 3}, {Title: p.word("what"), Width: 4}, {Title: p.word("alerts"), Width: 2, Right: true},
		{Title: p.word("confirmed"), Width: 2, Right: true}, {Title: p.word("dismissed"), Width: 2, Right: true}}, slices.Values(rows))
}

func (p *page) changes() {
	if !p.part("changes", len(p.Changes)) {
		return
	}
	p.doc.Table([]paper.Column{{Title: p.word("version"), Width: 1, Right: true}, {Title: p.word("when"), Width: 3}, {Title: p.word("by"), Width: 3}, {Title: p.word("note"), Width: 6}}, func(yield func([]string) bool) {
		for _, c := range p.Changes {
			by, note := p.word("setup"), c.Note
			if c.By != nil {
				by = c.By.Name
			}
			if c.Alone {
				note = strings.TrimSpace(note + " (" + p.word("alone") + ")")
			}
			if !yield([]string{number(c.Number), p.at(c.At), by, note}) {
				return
			}
		}
	})
}
