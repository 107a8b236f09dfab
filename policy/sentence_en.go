package policy

import (
	"strings"

	"cel.dev/cel-go/common/operators"
)

var english = words{
	lang: "en",
	and:  " and ", or: " or ", comma: ", ",
	open: "(", close: ")",
	opposite: "it is not so that ({0})",
	of:       "{1} of the {0}",
	yes:      "“yes”", no: "“no”", truth: "{0} is {1}", last: " and ", lastOf: " or ",
	values: map[Op]string{
		OpEq: "{0} is {1}", OpNe: "{0} is not {1}", OpLt: "{0} is less than {1}", OpLe: "{0} is at most {1}", OpGt: "{0} is more than {1}", OpGe: "{0} is at least {1}",
	},
	times: map[Op]string{
		OpEq: "{0} is {1}", OpNe: "{0} is not {1}", OpLt: "{0} is before {1}", OpLe: "{0} is not after {1}", OpGt: "{0} is after {1}", OpGe: "{0} is not before {1}",
	},
	same: "{0} is the same as {1}", different: "{0} differs from {1}",
	oneOf: "{0} is one of ({1})", notOneOf: "{0} is none of ({1})",
	among: "{0} is among {1}", notAmong: "{0} is not among {1}",
	texts:   map[Op]string{OpStarts: "{0} starts with {1}", OpEnds: "{0} ends with {1}", OpContains: "{0} contains {1}", OpTag: "{1} is among {0}"},
	noTexts: map[Op]string{OpStarts: "{0} does not start with {1}", OpEnds: "{0} does not end with {1}", OpContains: "{0} does not contain {1}", OpTag: "{1} is not among {0}"},
	has:     "{0} is filled in", hasNot: "{0} is not filled in",
	some: "there are {0}", none: "there are no {0}",
	someWhere: "at least one of the {0} satisfies ({1})", noneWhere: "none of the {0} satisfies ({1})",
	within: "{0} is within {1} of ({2})", notWithin: "{0} is more than {1} from ({2})",
	meters: "{0} m", kilometers: "{0} km",
	known: knownWords{
		values: map[string]string{
			"p.id": "the user", "p.units": "the user's units", "p.positions": "the user's positions",
			"ctx.now": "now", "ctx.network": "the network", "ctx.device": "the device", "ctx.channel": "the channel",
		},
		attribute: "the user's {0}",
		before:    "{0} ago", after: "{0} from now",
		days: [2]string{"1 day", "{0} days"}, hours: [2]string{"1 hour", "{0} hours"}, minutes: [2]string{"1 minute", "{0} minutes"}, seconds: [2]string{"1 second", "{0} seconds"},
		holds: "the user holds the position {0}", holdsNot: "the user does not hold the position {0}",
		belongs: "the user belongs to {0}", belongNot: "the user does not belong to {0}",
		has: "the user has a {0}", hasNot: "the user has no {0}",
		holdsTrue: "the expression {0} holds", fails: "the expression {0} does not hold", value: "the value of the expression {0}",
		choice: "if {0}, then {1}, otherwise {2}", always: "it is so", never: "it is not so", exactly: "{0} exactly when ({1})",
		equal: "{0} equals {1}", unequal: "{0} does not equal {1}", matches: "{0} matches the regular expression {1}", noMatch: "{0} does not match the regular expression {1}",
		calls: map[string]string{
			operators.Add: "{0} plus {1}", "text " + operators.Add: "{0} followed by {1}", "list " + operators.Add: "{0} together with {1}", operators.Subtract: "{0} minus {1}",
			operators.Multiply: "{0} times {1}", operators.Divide: "{0} divided by {1}", operators.Modulo: "the remainder of {0} divided by {1}", operators.Negate: "minus {0}",
			operators.Index: "entry {1} of {0}", "size": "the length of {0}", "list size": "the number of {0}", "text size": "the length of {0}",
			"int": "the whole part of {0}", "text int": "{0}", "double": "{0}", "string": "{0}", "timestamp": "{0}",
		},
		clock: clockWords{
			parts: map[string]string{"getHours": "the hour ({1})", "getMinutes": "the minute ({1})", "getSeconds": "the second ({1})", "getMilliseconds": "the millisecond ({1})",
				"getDayOfWeek": "the day of the week, Sunday being 0 ({1})", "getDate": "the day of the month ({1})", "getDayOfMonth": "the day of the month, from 0 ({1})",
				"getDayOfYear": "the day of the year, from 0 ({1})", "getMonth": "the month, from 0 ({1})", "getFullYear": "the year ({1})"},
			sets: map[string]string{"getHours": "the time is {0} ({1})", "getDayOfWeek": "the day is {0} ({1})", "getMonth": "the month is {0} ({1})",
				"getDate": "the day of the month is {0} ({1})", "getDayOfMonth": "the day of the month is {0} ({1})"},
			days:   [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
			months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
			zone:   "{0}", zones: map[string]string{"+08:00": "Beijing time", "08:00": "Beijing time", "Asia/Shanghai": "Beijing time"},
		},
	},
	rule: ruleWords{
		stop: ".", parts: "; ",
		permit: "{0} may {1} {2}", forbid: "{0} must not {1} {2}", limit: "limits for {0} when they {1} {2}",
		everyone: "everyone", nobody: "(nobody)", holders: "holders", except: "{0} (except {1})",
		inUnit: "people in {0}", inBelow: "people in {0} and below", holderIn: "{1} in {0}", holderBelow: "{1} in {0} and below",
		actions: map[Action]string{Read: "read", Create: "create", Edit: "edit", Delete: "delete", Export: "export", Figures: "see figures of", Reveal: "reveal", Claim: "claim", Release: "release", Assign: "assign"},
		paths: map[PathKind]string{
			PathAll: "all {0}", PathOwn: "{0} they own", PathUnit: "{0} of their units", PathUnitBelow: "{0} of their units and below",
			PathHeaded: "{0} of the units they head and below", PathTeam: "{0} on whose team they are", PathPool: "{0} in pools open to them",
			PathNear: "{0} within {1} of their units",
		},
		any: "any {0}", units: "{0} of {1}", unitsBelow: "{0} of {1} and below",
		linkedMany: "{0} that have {1}", linkedOne: "{0} whose {2} is among {1}", where: "{0} (where {1})",
		condition: "condition: {0}",
		levels: map[Level]string{Plain: "{0} visible", Masked: "{0} masked", Hidden: "{0} hidden",
			MaskConstant: "{0} wholly masked", MaskYear: "{0} shown by year", MaskDistrict: "{0} shown down to the district", MaskDomain: "{0} shown by mail domain",
			MaskRange: "{0} shown as a range", MaskTail: "{0} shown by its last characters", MaskEnds: "{0} shown by its first and last characters"},
		editable: "{0} visible and editable", locked: "{0} not editable",
		everything: "all fields", others: "all other fields", noField: "all fields hidden",
		classes:     map[Class]string{General: "general information", Contact: "contact details", Amount: "amounts", Identity: "identity and account numbers", Communication: "communication", Internal: "internal information"},
		packHolders: "holders of the pack {0}",
		approvers:   map[string]string{"@head": "the head", "@head_above": "the head above", "@owner_head": "the head over the record", "@chain": "the company's chain"},
		approval:    "approval by {0} needed", oneApproval: "approval by {0} needed", secondFactor: "second factor needed", reason: "a stated reason needed", watermark: "shown with a watermark",
		from: "from {0}", until: "until {0}", fromUntil: "from {0} until {1}", scene: "for: {0}", then: ", then ",
	},
}

// plural makes the English label of a kind a plural within a sentence.
func plural(label string) string {
	word := label
	if len(word) > 1 && word[1] >= 'a' && word[1] <= 'z' {
		word = strings.ToLower(word[:1]) + word[1:]
	}
	switch {
	case word == "person":
		return "people"
	case strings.HasSuffix(word, "y") && len(word) > 1 && !strings.ContainsRune("aeiou", rune(word[len(word)-2])):
		return word[:len(word)-1] + "ies"
	case strings.HasSuffix(word, "s"), strings.HasSuffix(word, "x"), strings.HasSuffix(word, "ch"), strings.HasSuffix(word, "sh"):
		return word + "es"
	}
	return word + "s"
}
