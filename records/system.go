package records

import (
	"slices"

	"guan/policy"
)

// Actions are what every kind knows.
var Actions = []policy.Action{policy.Read, policy.Create, policy.Edit, policy.Delete, policy.Export, policy.Figures, policy.Reveal}

// PoolActions are what the kinds know whose records are claimed out of pools.
var PoolActions = []policy.Action{policy.Claim, policy.Release, policy.Assign}

// System is the pseudo-kind on which the rights of administrators stand. It has no records and
// no fields: a rule on it permits actions of the product itself.
const System policy.Kind = "system"

// SystemActions are the actions of System.
var SystemActions = []policy.Action{"org", "people", "policy", "audit", "tokens", "import", "duplicates", BreakGlass}

// BreakGlass lets somebody open a record in an emergency. It is a right of daily work and none of
// administration: who assigns packs gives it as they give the reading of customers, without having it.
const BreakGlass policy.Action = "break_glass"

// Administration are the rights of administration among SystemActions: given and taken only by who
// has them.
var Administration = slices.DeleteFunc(slices.Clone(SystemActions), func(a policy.Action) bool { return a == BreakGlass })

// SystemActionLabels names them.
var SystemActionLabels = map[policy.Action]Label{
	"org":        {"管理组织架构", "manage the organisation"},
	"people":     {"管理员工与登录", "manage people and sign-in"},
	"policy":     {"管理权限规则", "manage permission rules"},
	"audit":      {"查看审计记录", "read the audit log"},
	"tokens":     {"使用接口令牌", "use API tokens"},
	"import":     {"导入数据", "import data"},
	"duplicates": {"查重时得知已有人负责", "be told that somebody looks after it already"},
	BreakGlass:   {"紧急查看(事后复核)", "open a record in an emergency, reviewed afterwards"},
}

// ActionLabels names Actions and PoolActions.
var ActionLabels = map[policy.Action]Label{
	policy.Read:    {"查看", "see"},
	policy.Create:  {"新建", "create"},
	policy.Edit:    {"编辑", "edit"},
	policy.Delete:  {"删除", "delete"},
	policy.Export:  {"导出", "export"},
	policy.Figures: {"统计(只见数字)", "figures only"},
	policy.Reveal:  {"查看明文", "reveal"},
	policy.Claim:   {"领取", "claim"},
	policy.Release: {"退回", "release"},
	policy.Assign:  {"分配", "assign"},
}

// ClassLabels names the field classes.
var ClassLabels = map[policy.Class]Label{
	policy.General:       {"基本信息", "general information"},
	policy.Contact:       {"联系方式", "contact details"},
	policy.Amount:        {"金额", "amounts"},
	policy.Identity:      {"证件与账号", "identity documents and accounts"},
	policy.Communication: {"沟通内容", "communication"},
	policy.Internal:      {"内部信息", "internal information"},
}

func idField(k *Kind) *Field {
	f := ref("id", k.Name, policy.General, "编号", "ID").required().readOnly()
	f.Column = "id"
	return f
}

// systemFields are the fields that every kind has beside its own and its id.
func systemFields(k *Kind) []*Field {
	stage := choice("stage", policy.General, "阶段", "Stage", k.Stages...).sortable()
	stage.Default = policy.TextOf(k.Stages[0].Code)
	fields := []*Field{stage}
	if k.Owner == "" {
		fields = append(fields,
			ref("owner", RefPerson, policy.General, "负责人", "Owner"),
			ref("pool", RefPool, policy.General, "公海", "Pool"))
	}
	tags := field(ManyOf, "tags", policy.General, "标签", "Tags")
	creator := ref("created_by", RefPerson, policy.General, "创建人", "Created by").readOnly()
	creator.Column = "created_by"
	return append(fields,
		ref("unit", RefUnit, policy.General, "所属部门", "Unit"),
		tags,
		instant("created_at", policy.General, "创建时间", "Created at").required().readOnly(),
		instant("updated_at", policy.General, "更新时间", "Updated at").required().readOnly(),
		creator,
	)
}
