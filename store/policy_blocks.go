package store

import (
	"context"

	"guan/access"
	"guan/policy"
	"guan/records"
)

// PolicyBlock is a described piece from which packs are put together: a rule of a preset pack, or a
// sharing rule that comes with Guan.
type PolicyBlock struct {
	ID         string              `json:"id"`
	Label      records.Label       `json:"label"`
	Sentence   records.Label       `json:"sentence"`
	Scene      records.Label       `json:"scene"`
	Group      string              `json:"group"` // the preset, or sharing
	GroupLabel records.Label       `json:"group_label"`
	Kind       policy.Kind         `json:"kind"`
	Rule       access.RuleDocument `json:"rule"`
}

// PolicyBlocks lists the pieces in the order of the presets. It takes the right policy or audit.
func (s *Session) PolicyBlocks(ctx context.Context) ([]PolicyBlock, error) {
	var list []PolicyBlock
	err := s.oversee(ctx, "blocks", func(t *rtx, v *view) error {
		list = []PolicyBlock{}
		for _, p := range access.Presets {
			for _, r := range p.Rules {
				list = append(list, v.block(r.ID, p.ID, records.Label(p.Label), r, access.PartOfPack(r, p.ID, p.Scene(r.ID, "en"))))
			}
		}
		for _, x := range access.Sharings {
			part := access.PartOfPack(x.Rule, "", x.SceneEN)
			b := v.block(access.FromSharing+"/"+x.ID, access.FromSharing, records.Label{ZH: "共享规则", EN: "Sharing rules"}, x.Rule, part)
			b.Label = records.Label(x.Label)
			list = append(list, b)
		}
		return nil
	}, "policy", "audit")
	return list, err
}

func (v *view) block(id, group string, label records.Label, r policy.Rule, part access.RuleDocument) PolicyBlock {
	r.Who.Any = []policy.Clause{}
	scene := records.Label{ZH: part.Scene.ZH, EN: part.Scene.EN}
	// Short enough for a card: what may be done, and with which records.
	short := both(func(lang string) string {
		parts := policy.PartsOf(v.catalog.Schema(), names{v.state}, &r, lang)
		if lang == "zh" {
			return parts.Actions + ":" + parts.Records
		}
		return parts.Actions + ": " + parts.Records
	})
	sentence := both(func(lang string) string {
		said := r
		said.Scene = scene.In(lang)
		return policy.TemplateSentence(v.catalog.Schema(), names{v.state}, &said, lang)
	})
	return PolicyBlock{ID: id, Label: short, Sentence: sentence, Scene: scene, Group: group, GroupLabel: label, Kind: r.Kind, Rule: part}
}
