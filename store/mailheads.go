package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"guan/audit"
)

// MailHeads puts the newest signed head of the audit log into the queue, once a day, where the company has said to
// whom: as a line that guan audit verify --heads takes, with the public keys. Only the job report may.
func (s *System) MailHeads(ctx context.Context) error {
	if err := s.may(JobReport); err != nil {
		return err
	}
	t := s.db.single()
	set, out, err := t.mailsOut(ctx, s.actor.Tenant)
	if err != nil || !out || set.HeadsTo == "" {
		return s.db.fault(err)
	}
	about := "heads " + t.now.In(chinaTime).Format("2006-01-02")
	var there bool
	if err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM mail WHERE tenant_id = $1 AND about = $2)", s.actor.Tenant, about).Scan(&there); err != nil || there {
		return s.db.fault(err)
	}
	signed, err := t.newestHead(ctx, s.actor.Tenant)
	if err != nil || signed == "" {
		return s.db.fault(err)
	}
	log, err := t.sealedLog(ctx, s.actor.Tenant)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return s.db.fault(err)
	}
	line, err := audit.HeadLine(signed)
	if err != nil {
		return err
	}
	body := "附件是审计日志今天的签名日志头，请保存。用它核验：\nThe attached file is today's signed head of the audit log: keep it. To verify with it:\n\n" +
		"guan audit verify --heads heads.jsonl --key PUB\n\n公钥 / public keys:\n" + strings.Join(strings.Fields(log.keys), "\n") + "\n\n" + signed
	return s.db.maintain(ctx, func(t *tx) error {
		t.actor = s.actor
		_, err := t.post(ctx, about, 0, 0, letter{To: set.HeadsTo, Subject: "关：审计日志头 / Guan: head of the audit log", Body: body, File: "heads.jsonl", Text: string(line)})
		return err
	})
}
