package store

import (
	"guan/policy"
	"guan/records"
)

func (v *view) ruleSentence(rule *policy.Rule) records.Label { return records.Label{ZH: rule.Scene, EN: rule.Scene} }

func (v *view) lackSentence(rule *policy.Rule, l policy.Lack) records.Label {
	return records.Label{ZH: string(l.Code), EN: string(l.Code)}
}
