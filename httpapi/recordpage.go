package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/store"
)

var timelineParams = []param{
	{name: "cursor", desc: "`next` of the page before."},
	{name: "limit", desc: "1 to 100 entries; 30 when absent.", typ: "integer"},
	{name: "what", desc: "Parts between commas: activities, related, changes, permissions, comments, files; all when absent."},
}

var commentParams = []param{{name: "cursor", desc: "`next` of the page before."}}

var colleagueParams = []param{{name: "q", desc: "What their name has, how it is spoken, or its initials.", must: true}}

// recordPageRoutes are of what stands below a record: its timeline, comments and files; and of
// records like one that is about to be made.
func (a *api) recordPageRoutes() []route {
	const record, comments, files = v1 + "/records/{kind}/{id}", v1 + "/records/{kind}/{id}/comments", v1 + "/records/{kind}/{id}/attachments"
	return []route{
		get(record+"/timeline", either, a.timeline, "timeline", "What has to do with a record, the newest first").asks(timelineParams...).gives(200, store.Timeline{}),
		get(comments, either, a.comments, "comments", "What was written below a record").asks(commentParams...).gives(200, store.Comments{}),
		post(comments, either, a.addComment, "addComment", "Write below a record").takes(recordBody, store.NewComment{}).gives(201, store.Written{}),
		patch(comments+"/{comment}", either, a.editComment, "editComment", "Change a comment of mine").takes(recordBody, store.NewComment{}).gives(200, store.Written{}),
		remove(comments+"/{comment}", either, a.deleteComment, "deleteComment", "Remove a comment"),
		get(files, either, a.attachments, "attachments", "The files of a record").gives(200, store.Attachments{}),
		post(files, either, a.attach, "attach", "Put a file to a record").takesForm(a.attachmentBody(), attachmentForm{}).gives(201, store.Attachment{}).within(transfer),
		get(files+"/{file}/file", either, a.attachmentFile, "attachmentFile", "A file of a record").givesFile(200, "application/octet-stream").within(transfer),
		remove(files+"/{file}", either, a.deleteAttachment, "deleteAttachment", "Take a file off a record"),
		post(v1+"/records/{kind}/duplicates", either, a.duplicates, "duplicates", "Records of mine like one that I am about to make").takes(recordBody, recordFields{}).gives(200, store.Duplicates{}),
		get(v1+"/records/{kind}/tags", either, a.tags, "tags", "Tags on records of mine, the most used first").gives(200, items[string]{}),
		get(v1+"/colleagues", person, a.colleagues, "colleagues", "Find colleagues by name, pinyin or initials").asks(colleagueParams...).gives(200, items[store.Colleague]{}),
	}
}

func (a *api) timeline(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	q := c.query()
	ask := store.TimelineQuery{Kind: c.kind(), ID: id, What: q.names("what"), Limit: q.number("limit", 1, 100, 30), Cursor: q.text("cursor")}
	if err := q.err(); err != nil {
		return err
	}
	page, err := c.session().Timeline(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, page)
}

func (a *api) comments(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	q := c.query()
	cursor := q.text("cursor")
	if err := q.err(); err != nil {
		return err
	}
	list, err := c.session().Comments(c.ctx(), c.kind(), id, cursor)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, list)
}

func (a *api) addComment(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[store.NewComment](c)
	if err != nil {
		return err
	}
	written, err := c.session().AddComment(c.ctx(), c.kind(), id, in)
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, written)
}

func (a *api) editComment(c *call) error {
	id, comment, err := c.beneath("comment")
	if err != nil {
		return err
	}
	in, err := readBody[store.NewComment](c)
	if err != nil {
		return err
	}
	written, err := c.session().EditComment(c.ctx(), c.kind(), id, comment, in)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, written)
}

func (a *api) deleteComment(c *call) error {
	id, comment, err := c.beneath("comment")
	if err != nil {
		return err
	}
	if err := c.session().DeleteComment(c.ctx(), c.kind(), id, comment); err != nil {
		return err
	}
	return c.done()
}

// beneath reads the ids of a record and of something that stands below it.
func (c *call) beneath(name string) (record, part policy.ID, err error) {
	if record, err = c.pathID("id"); err == nil {
		part, err = c.pathID(name)
	}
	return record, part, err
}

func (a *api) tags(c *call) error {
	found, err := c.session().Tags(c.ctx(), c.kind())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) duplicates(c *call) error {
	in, err := readBody[recordFields](c)
	if err != nil {
		return err
	}
	found, err := c.session().Duplicates(c.ctx(), c.kind(), in.Fields)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) colleagues(c *call) error {
	q := c.query()
	text := q.text("q")
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().Colleagues(c.ctx(), text)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}
