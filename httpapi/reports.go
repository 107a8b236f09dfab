package httpapi

import (
	"bytes"
	"net/http"

	"guan/report"
	"guan/store"
)

// reportRoutes are of the monthly reports: everybody's own.
func (a *api) reportRoutes() []route {
	const all, one = v1 + "/reports", v1 + "/reports/{id}"
	return []route{
		get(all, person, a.reports, "reports", "My monthly reports, the newest first").gives(200, store.ReportList{}),
		post(all, person, a.askReport, "askReport", "Ask for the reports of a month out of turn").takes(smallBody, reportMonth{}),
		get(one, person, a.report, "report", "A report as it was made").gives(200, store.ReportDocument{}),
		get(one+"/file", person, a.reportFile, "reportFile", "A report as PDF").asks(param{name: "lang", desc: "The language.", enum: []string{"zh", "en"}}).givesFile(200, "application/pdf"),
	}
}

type reportMonth struct {
	Month string `json:"month"` // 2026-10
}

func (a *api) reports(c *call) error {
	list, err := c.session().Reports(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, list)
}

func (a *api) askReport(c *call) error {
	in, err := readBody[reportMonth](c)
	if err != nil {
		return err
	}
	if err := c.session().AskReport(c.ctx(), in.Month); err != nil {
		return err
	}
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

func (a *api) report(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().Report(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) reportFile(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	q := c.query()
	english := q.choice("lang", "zh", "en") == "en"
	if err := q.err(); err != nil {
		return err
	}
	month, file, err := c.session().ReportPDF(c.ctx(), id, english)
	if err != nil {
		return err
	}
	return c.sendFile(bytes.NewReader(file), int64(len(file)), report.FileName(month, english), "application/pdf")
}
