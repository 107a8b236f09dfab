package adventureworks

import "guan/org"

// Persona is somebody to sign in as.
type Persona struct {
	Login string
	Name  string
	What  org.Label
}

// Personas are those of Expected and one for each of the other packs.
func Personas() []Persona {
	names := map[string]string{
		"ken0": "Ken Sánchez", "brian3": "Brian Welcker", "stephen0": "Stephen Jiang", "amy0": "Amy Alberts", "syed0": "Syed Abbas",
		"linda3": "Linda Mitchell", "tete0": "Tete Mensa-Annan", "guy1": "Guy Gilbert",
	}
	var list []Persona
	for _, seen := range Expected {
		list = append(list, Persona{seen.Login, names[seen.Login], seen.Why})
	}
	return append(list,
		Persona{"jae0", "Jae Pak", org.Label{ZH: "销售代表,兼门店店长", EN: "sales representative, also keeper of a store"}},
		Persona{"laura1", "Laura Norman", org.Label{ZH: "首席财务官(财务、部门负责人)", EN: "CFO (finance, head)"}},
		Persona{"wendy0", "Wendy Kahn", org.Label{ZH: "财务经理(财务)", EN: "finance manager (finance)"}},
		Persona{"david0", "David Bradley", org.Label{ZH: "市场经理(市场、部门负责人)", EN: "marketing manager (marketing, head)"}},
		Persona{"stephanie0", "Stephanie Conroy", org.Label{ZH: "网络经理(系统管理员)", EN: "network manager (administrator)"}},
		Persona{"zainal0", "Zainal Arifin", org.Label{ZH: "文控经理(审计)", EN: "document control manager (auditor)"}},
	)
}
