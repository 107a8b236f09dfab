package httpapi

import (
	"net/http"

	"guan/store"
)

// mailRoutes are of the mail that the company sends: for who has the right policy.
func (a *api) mailRoutes() []route {
	const all = v1 + "/mail"
	return []route{
		get(all, person, a.mails, "mails", "What mail went out, waits or failed, the newest first").gives(200, items[store.Mail]{}),
		post(all, person, a.tryMail, "tryMail", "Send a mail to see whether it arrives").takes(smallBody, mailTry{}).gives(202, store.Mail{}),
		post(all+"/{id}/again", person, a.mailAgain, "mailAgain", "Send a mail anew that failed, or of which nobody knows whether it arrived").gives(202, store.Mail{}),
		get(all+"/settings", person, a.mailSettings, "mailSettings", "By which server mail goes out").gives(200, store.WrittenMailSettings{}),
		put(all+"/settings", person, a.setMailSettings, "setMailSettings", "Say by which server mail goes out").onMatch().takes(smallBody, newMailSettings{}).gives(200, store.WrittenMailSettings{}),
	}
}

type mailTry struct {
	To string `json:"to"`
}

type newMailSettings struct {
	store.MailSettings
	Password *string `json:"password,omitempty"` // absent: as it is; empty: none
}

func (a *api) mails(c *call) error {
	list, err := c.session().Mails(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(list))
}

func (a *api) tryMail(c *call) error {
	in, err := readBody[mailTry](c)
	if err != nil {
		return err
	}
	return c.onMail(c.session().TryMail(c.ctx(), in.To))
}

func (a *api) mailAgain(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	return c.onMail(c.session().SendMailAgain(c.ctx(), id))
}

// onMail answers a mail that was put into the queue.
func (c *call) onMail(m *store.Mail, err error) error {
	if err != nil {
		return err
	}
	return c.answer(http.StatusAccepted, m)
}

func (a *api) mailSettings(c *call) error {
	found, err := c.session().MailSettings(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setMailSettings(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[newMailSettings](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetMailSettings(c.ctx(), version, in.MailSettings, in.Password)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}
