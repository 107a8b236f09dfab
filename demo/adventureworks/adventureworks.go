// Package adventureworks holds the tidied AdventureWorks files, how they are imported and who
// may do what in that company.
//
// The package is data, and Install, which puts it into an installation: Files are the tables and
// their mappings, Imports the order in which the product's importer takes them, Assignments and
// Sharings the permission that is laid over the result, and Expected what the people of the table
// in README.md then see, to the last figure.
// Whoever imports it must not give an owner to a record whose file names none: individuals and
// contacts have none.
package adventureworks

import (
	"embed"

	"guan/access"
	"guan/org"
	"guan/policy"
)

// Files holds the tables, the mappings, the licence and the origin.
//
//go:embed *.csv mappings/*.json LICENSE README.md
var Files embed.FS

// Name is the tenant's name.
var Name = org.Label{ZH: "Adventure Works 自行车", EN: "Adventure Works Cycles"}

// Import is one file on its way into one kind.
type Import struct {
	File    string // in Files
	Mapping string // in Files; an exchange.Mapping
	Rows    int    // that come in
}

// Imports are in order: what a row refers to was imported before it. The same file may be read
// twice, for different things.
var Imports = []Import{
	{"organisation.csv", "mappings/units.json", 37},
	{"positions.csv", "mappings/positions.json", 56},
	{"people.csv", "mappings/people.json", 290},
	{"organisation.csv", "mappings/heads.json", 10},
	{"people.csv", "mappings/people_appointments.json", 290},
	{"appointments.csv", "mappings/appointments.json", 1},
	{"stores.csv", "mappings/stores.json", 701},
	{"contacts.csv", "mappings/contacts.json", 753},
	{"orders.csv", "mappings/orders.json", 3_806},
	{"individuals.csv", "mappings/individuals.json", 18_484},
}

// Assignment hangs a pack on everyone, a position, or a unit with what is below it.
type Assignment struct {
	Pack     string
	Everyone bool
	Position string // code
	Unit     string // path
}

// Assignments say who gets which pack.
var Assignments = []Assignment{
	{Pack: "staff", Everyone: true},
	{Pack: "boss", Position: "chief_executive_officer"},
	{Pack: "head", Position: "chief_financial_officer"},
	{Pack: "head", Position: "vice_president_of_engineering"},
	{Pack: "head", Position: "vice_president_of_production"},
	{Pack: "head", Position: "vice_president_of_sales"},
	{Pack: "head", Position: "north_american_sales_manager"},
	{Pack: "head", Position: "european_sales_manager"},
	{Pack: "head", Position: "pacific_sales_manager"},
	{Pack: "head", Position: "marketing_manager"},
	{Pack: "head", Position: "information_services_manager"},
	{Pack: "sales", Position: "north_american_sales_manager"},
	{Pack: "sales", Position: "european_sales_manager"},
	{Pack: "sales", Position: "pacific_sales_manager"},
	{Pack: "sales", Position: "sales_representative"},
	{Pack: "finance", Position: "chief_financial_officer"},
	{Pack: "finance", Unit: "Adventure Works/Executive General and Administration/Finance"},
	{Pack: "marketing", Unit: "Adventure Works/Sales and Marketing/Marketing"},
	{Pack: "administrator", Position: "information_services_manager"},
	{Pack: "administrator", Position: "network_manager"},
	{Pack: "administrator", Position: "network_administrator"},
	{Pack: "auditor", Position: "document_control_manager"},
}

// Sharings are the rules beside the packs: store keepers see the individuals near their store.
func Sharings() []policy.Rule {
	for _, t := range access.Sharings {
		if t.ID == "near_store" {
			return []policy.Rule{t.For(policy.Clause{Position: "store_keeper"})}
		}
	}
	return nil
}

// Seen is what one person sees of each kind.
type Seen struct {
	Login       string
	Why         org.Label
	People      int
	Stores      int // customers of type company
	Contacts    int
	Orders      int    // contracts
	Subtotal    string // of the orders, in USD, rounded to cents
	Individuals int    // customers of type individual
}

// Expected is the table of README.md, with the individuals, and with the people to sign in as.
var Expected = []Seen{
	{"ken0", org.Label{ZH: "首席执行官(企业管理者)", EN: "CEO (boss)"}, 290, 701, 753, 3_806, "80487704.18", 18_484},
	{"brian3", org.Label{ZH: "销售副总裁(部门负责人)", EN: "VP Sales (head)"}, 18, 701, 753, 3_806, "80487704.18", 0},
	{"stephen0", org.Label{ZH: "北美销售经理(部门负责人)", EN: "North American sales manager (head)"}, 11, 541, 585, 2_989, "63320315.34", 0},
	{"amy0", org.Label{ZH: "欧洲销售经理(部门负责人)", EN: "European sales manager (head)"}, 4, 120, 124, 692, "15573053.47", 0},
	{"syed0", org.Label{ZH: "太平洋区销售经理(部门负责人)", EN: "Pacific sales manager (head)"}, 2, 40, 44, 125, "1594335.38", 0},
	{"linda3", org.Label{ZH: "销售代表", EN: "sales representative"}, 1, 39, 44, 418, "10367007.43", 0},
	{"tete0", org.Label{ZH: "没有客户的销售代表", EN: "sales representative without stores"}, 1, 0, 0, 140, "2312545.69", 0},
	{"guy1", org.Label{ZH: "生产技术员", EN: "production technician"}, 1, 0, 0, 0, "0.00", 0},
}
