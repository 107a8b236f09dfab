package report

import (
	"fmt"

	"guan/policy"
)

// FileName is what a report is called as a file.
func FileName(month string, english bool) string {
	lang := "zh"
	if english {
		lang = "en"
	}
	return "guan-report-" + month + "-" + lang + ".pdf"
}

// Letter is the mail that says that a report is there. It holds no figure: mail is read by many.
func (r *Report) Letter(link string, id policy.ID) (subject, body string) {
	mark := Words{}
	if r.Preliminary {
		mark = Words{"（阶段性）", " (preliminary)"}
	}
	subject = fmt.Sprintf("%s %s%s / %s", words["title"].ZH, r.Month, mark.ZH, words["title"].EN)
	where := Words{"请登录关，在「月报」中查看。", "Sign in to Guan and open 'Reports' to read it."}
	if link != "" {
		at := link + "/reports/" + id.String()
		where = Words{"查看：" + at, "Read it at " + at}
	}
	body = fmt.Sprintf("%s：\n\n%s %s 的数据访问月报%s已生成。\n%s\n\nThe monthly report on access to data of %s for %s%s has been made.\n%s\n",
		r.Reader.Name, r.Company, r.Month, mark.ZH, where.ZH, r.Company, r.Month, mark.EN, where.EN)
	return subject, body
}
