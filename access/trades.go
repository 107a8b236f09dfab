package access

import "guan/policy"

// retailTrade sells to individuals in shops; a shop serves those who live around it.
var retailTrade = trade("retail", "连锁零售", "Retail chain",
	"总部、大区、门店三级;会员归门店,店员只看本店与附近的会员", "Headquarters, regions and stores; members belong to stores, and staff see those of their own store and around it").
	unit(1, "department", "运营中心", "Operations").
	unit(1, "region", "华东大区", "East region").unit(2, "store", "上海徐汇店", "Shanghai Xuhui store").unit(2, "store", "杭州湖滨店", "Hangzhou lakeside store").
	unit(1, "region", "华南大区", "South region").unit(2, "store", "广州天河店", "Guangzhou Tianhe store").
	unit(1, "department", "客服中心", "Service centre").unit(1, "department", "财务部", "Finance").
	position("regional_manager", "大区经理", "Regional manager", "head").
	position("store_keeper", "店长", "Store manager", "head", "sales").
	position("clerk", "导购", "Sales assistant", "sales").
	position("service", "客服专员", "Service agent", "service").
	position("finance", "财务专员", "Accountant", "finance").
	position("marketing", "市场专员", "Marketer", "marketing").
	position("trainee", "试用期员工", "Trainee", "observer").
	share("near_store", "store_keeper", "clerk").share("colleagues", "clerk").
	keep("clerks_keep", "会员资料不离开门店", "Member data stays in the store", "clerk").
	field("member_tier", "choice", policy.General, "会员等级", "Member tier", "standard", "普通", "Standard", "silver", "银卡", "Silver", "gold", "金卡", "Gold", "black", "黑卡", "Black").
	field("member_since", "date", policy.General, "入会日期", "Member since").
	field("points", "number", policy.General, "积分", "Points").
	field("size", "text", policy.Communication, "尺码与偏好", "Size and taste").
	tags("高频复购", "Buys often", "沉睡会员", "Sleeping member", "新客", "New", "生日当月", "Birthday this month").
	sample("individual", "active", "陈嘉宁", "Jane Chen", "冬装换季", "Winter wardrobe", "3600.00", 0, "member_tier", "gold", "points", "5200").
	sample("individual", "intent", "陆思远", "Simon Lu", "入会办卡", "Membership", "500.00", 2, "member_tier", "standard", "points", "0").
	sample("company", "lead", "滨江物业公司", "Riverside Property", "员工福利采购", "Staff gifts", "48000.00", 2)

// educationTrade sells courses to families; whoever advises does not teach.
var educationTrade = trade("education", "教育培训", "Education",
	"校区为单位;课程顾问跟进咨询与试听,学管师服务在读学员", "Campuses; advisers follow enquiries and trial lessons, tutors look after students").
	unit(1, "department", "教学教务部", "Teaching").
	unit(1, "region", "城东片区", "East district").unit(2, "campus", "世纪大道校区", "Century avenue campus").unit(2, "campus", "金桥校区", "Jinqiao campus").
	unit(1, "region", "城西片区", "West district").unit(2, "campus", "虹桥校区", "Hongqiao campus").
	unit(1, "department", "市场部", "Marketing").unit(1, "department", "财务部", "Finance").
	position("campus_head", "校区校长", "Campus head", "head").
	position("adviser", "课程顾问", "Course adviser", "sales").
	position("tutor", "学管师", "Student tutor", "service").
	position("marketing", "市场专员", "Marketer", "marketing").
	position("finance", "财务专员", "Accountant", "finance").
	position("trainee", "实习顾问", "Trainee adviser", "observer").
	share("colleagues", "adviser").share("customer_contracts", "adviser").
	keep("advisers_keep", "学员资料不导出", "Student data is not taken out", "adviser", "tutor").
	field("student", "text", policy.General, "学员姓名", "Student").
	field("grade", "choice", policy.General, "年级", "Grade", "k", "幼儿园", "Kindergarten", "p", "小学", "Primary", "m", "初中", "Middle", "h", "高中", "High").
	field("school", "text", policy.General, "就读学校", "School").
	field("trial", "choice", policy.General, "试听进度", "Trial lesson", "none", "未预约", "Not booked", "booked", "已预约", "Booked", "attended", "已试听", "Attended").
	field("lessons_left", "number", policy.General, "剩余课时", "Lessons left").
	tags("意向高", "Keen", "待试听", "Awaits trial", "在读", "Enrolled", "续费期", "Renewal due").
	sample("individual", "intent", "赵妈妈", "Mrs Zhao", "三年级思维课 48 课时", "48 lessons of logic, grade 3", "9600.00", 1, "student", "赵一诺", "grade", "p", "trial", "booked").
	sample("individual", "active", "孙先生", "Mr Sun", "初二物理续费", "Physics, renewal", "12800.00", 3, "student", "孙启航", "grade", "m", "lessons_left", "4").
	sample("individual", "lead", "吴女士", "Mrs Wu", "英语启蒙咨询", "First English", "6800.00", 0, "grade", "k", "trial", "none")

// babyTrade lives by the age of the child: what is needed next follows from the birthday.
var babyTrade = trade("baby", "母婴", "Mother and baby",
	"门店与育儿顾问;按宝宝月龄跟进,宝宝信息按联系方式保护", "Stores and child-care advisers; followed by the age of the baby, whose data is guarded like contact details").
	unit(1, "department", "会员运营部", "Membership").
	unit(1, "region", "苏南区域", "Sunan area").unit(2, "store", "苏州园区店", "Suzhou park store").unit(2, "store", "无锡恒隆店", "Wuxi plaza store").
	unit(1, "region", "浙北区域", "North Zhejiang").unit(2, "store", "嘉兴江南店", "Jiaxing store").
	unit(1, "department", "客服部", "Service").unit(1, "department", "财务部", "Finance").
	position("store_keeper", "店长", "Store manager", "head", "sales").
	position("adviser", "育儿顾问", "Child-care adviser", "sales").
	position("service", "客服专员", "Service agent", "service").
	position("membership", "会员运营", "Membership marketer", "marketing").
	position("finance", "财务专员", "Accountant", "finance").
	position("trainee", "试用期顾问", "Trainee adviser", "observer").
	share("near_store", "store_keeper").share("colleagues", "adviser").
	keep("families_keep", "家庭与宝宝资料不导出", "Family data is not taken out", "adviser", "service", "membership").
	field("baby_name", "text", policy.Contact, "宝宝小名", "Baby's name").
	field("baby_birthday", "date", policy.Contact, "宝宝生日/预产期", "Baby's birthday or due date").
	field("feeding", "choice", policy.Communication, "喂养方式", "Feeding", "breast", "母乳", "Breast", "mixed", "混合", "Mixed", "formula", "配方奶", "Formula").
	field("formula_brand", "text", policy.General, "常用奶粉", "Formula brand").
	field("allergy", "text", policy.Communication, "过敏与禁忌", "Allergies").
	tags("孕期", "Expecting", "0-6 月", "0-6 months", "转奶期", "Changing formula", "二胎", "Second child").
	sample("individual", "active", "林妈妈", "Mrs Lin", "二段奶粉季度装", "Formula, a quarter", "2380.00", 2, "baby_name", "糯米", "baby_birthday", "2026-03-18", "feeding", "formula").
	sample("individual", "intent", "许女士", "Mrs Xu", "待产包与婴儿床", "Birth bag and cot", "5200.00", 0, "baby_birthday", "2027-02-02").
	sample("individual", "contacted", "何先生", "Mr He", "安全座椅", "Car seat", "1899.00", 3, "feeding", "mixed")

// carTrade sells cars once and maintenance for years.
var carTrade = trade("car", "汽车", "Car dealer",
	"销售与售后分开;车牌按证件保护,保养到期自动有据可查", "Sales and workshop apart; number plates are guarded like documents, maintenance dates are kept").
	unit(1, "store", "浦东 4S 店", "Pudong dealership").unit(2, "department", "展厅销售部", "Showroom").unit(2, "department", "售后服务部", "Workshop").
	unit(1, "store", "闵行 4S 店", "Minhang dealership").unit(2, "department", "展厅销售部", "Showroom").unit(2, "department", "售后服务部", "Workshop").
	unit(1, "department", "客户关系部", "Customer relations").unit(1, "department", "财务部", "Finance").
	position("store_head", "店总", "Dealership head", "head").
	position("sales_head", "销售经理", "Sales manager", "head", "sales").
	position("seller", "销售顾问", "Sales consultant", "sales").
	position("service_adviser", "服务顾问", "Service adviser", "service").
	position("relations", "客户关系专员", "Customer relations", "marketing").
	position("finance", "财务专员", "Accountant", "finance").
	position("trainee", "实习销售", "Trainee", "observer").
	share("customer_contracts", "seller").
	keep("sellers_keep", "客户资料不导出", "Customer data is not taken out", "seller", "service_adviser").
	field("plate", "text", policy.Identity, "车牌号", "Number plate").
	field("vin", "text", policy.Identity, "车架号", "VIN").
	field("model", "text", policy.General, "意向/在用车型", "Model").
	field("bought_on", "date", policy.General, "购车日期", "Bought on").
	field("next_maintenance", "date", policy.General, "下次保养", "Next maintenance").
	field("insurance_until", "date", policy.General, "保险到期", "Insured until").
	tags("首次到店", "First visit", "试驾过", "Test-driven", "置换", "Trade-in", "保养到期", "Maintenance due").
	sample("individual", "active", "周启明", "Michael Zhou", "两年保养套餐", "Maintenance, two years", "4980.00", 3, "plate", "沪A·D0001", "model", "纯电 SUV", "next_maintenance", "2026-12-20").
	sample("individual", "intent", "郑雅文", "Wendy Zheng", "家用七座", "Seven-seater", "268000.00", 1, "model", "插混 MPV").
	sample("company", "lead", "顺达租车", "Shunda Rentals", "车队采购 20 台", "Fleet of 20", "3200000.00", 2)

// makerTrade sells to companies over months, with a service that comes on site.
var makerTrade = trade("maker", "制造业", "Manufacturing",
	"大客户与渠道两条线;报价与合同金额按岗位可见,售后凭工单接触客户", "Key accounts and channels; amounts by position, service reaches customers through tickets").
	unit(1, "department", "大客户部", "Key accounts").
	unit(1, "department", "渠道部", "Channels").unit(2, "region", "华北区", "North").unit(2, "region", "华东区", "East").unit(2, "region", "西南区", "South-west").
	unit(1, "department", "售后服务部", "Field service").unit(1, "department", "市场部", "Marketing").unit(1, "department", "财务部", "Finance").
	position("sales_director", "销售总监", "Sales director", "head").
	position("regional_manager", "区域经理", "Regional manager", "head", "sales").
	position("seller", "销售工程师", "Sales engineer", "sales").
	position("service_engineer", "售后工程师", "Service engineer", "service").
	position("marketing", "市场专员", "Marketer", "marketing").
	position("finance", "财务会计", "Accountant", "finance").
	position("leaving", "离职交接", "Handing over", "observer").
	share("customer_contracts", "seller").
	keep("engineers_keep", "客户名单不导出", "The customer list is not taken out", "service_engineer").
	field("equipment", "text", policy.General, "在用设备", "Equipment in use").
	field("installed", "number", policy.General, "装机数量", "Machines installed").
	field("annual_need", "money", policy.Amount, "年采购预算", "Yearly budget").
	field("channel", "choice", policy.General, "合作方式", "Channel", "direct", "直销", "Direct", "agent", "代理", "Agent", "oem", "OEM", "OEM").
	field("warranty_until", "date", policy.General, "质保到期", "Warranty until").
	tags("战略客户", "Strategic", "代理商", "Agent", "质保期内", "Under warranty", "样机试用", "On trial").
	sample("company", "active", "东海精密机械", "Donghai Precision", "第三条产线改造", "Third line", "1860000.00", 0, "channel", "direct", "installed", "12").
	sample("company", "intent", "西峡新材料", "Xixia Materials", "样机试用转正式", "From trial to order", "320000.00", 3, "channel", "direct").
	sample("company", "contacted", "蓝鲸自动化代理", "Blue Whale Automation", "年度代理协议", "Agency for a year", "900000.00", 1, "channel", "agent")

// financeTrade guards what it knows of people more than any other.
var financeTrade = trade("finance", "金融", "Financial services",
	"分支机构与理财经理;客户默认互不可见,证件与资产从严", "Branches and wealth managers; customers are nobody else's business, documents and assets are guarded").
	unit(1, "department", "财富管理部", "Wealth management").
	unit(1, "branch", "上海分公司", "Shanghai branch").unit(2, "team", "理财一部", "Team one").unit(2, "team", "理财二部", "Team two").
	unit(1, "branch", "深圳分公司", "Shenzhen branch").unit(2, "team", "理财一部", "Team one").
	unit(1, "department", "客户服务部", "Service").unit(1, "department", "合规部", "Compliance").unit(1, "department", "财务部", "Finance").
	position("branch_head", "分公司总经理", "Branch head", "head").
	position("team_head", "团队长", "Team leader", "head", "sales").
	position("wealth_manager", "理财经理", "Wealth manager", "sales").
	position("service", "客服专员", "Service agent", "service").
	position("finance", "财务专员", "Accountant", "finance").
	position("compliance", "合规专员", "Compliance officer", "auditor").
	position("trainee", "见习经理", "Trainee", "observer").
	keep("wealth_keep", "客户资产信息不导出", "Customers' assets are not taken out", "team_head", "wealth_manager", "service").
	field("risk", "choice", policy.Identity, "风险测评等级", "Risk profile", "r1", "R1 保守", "R1 careful", "r2", "R2 稳健", "R2 steady", "r3", "R3 平衡", "R3 balanced", "r4", "R4 进取", "R4 bold", "r5", "R5 激进", "R5 aggressive").
	field("risk_until", "date", policy.General, "测评到期", "Profile valid until").
	field("assets", "money", policy.Amount, "管理资产规模", "Assets under management").
	field("qualified", "choice", policy.Identity, "合格投资者", "Qualified investor", "yes", "已认证", "Certified", "no", "未认证", "Not certified").
	field("maturity", "date", policy.General, "产品到期日", "Product matures").
	tags("高净值", "High net worth", "产品到期", "Product matures", "待测评", "Profile due", "转介绍", "Referred").
	sample("individual", "active", "顾先生", "Mr Gu", "到期资金续作", "Renewal at maturity", "2000000.00", 1, "risk", "r3", "assets", "5600000.00").
	sample("individual", "intent", "白女士", "Mrs Bai", "教育金规划", "School fees plan", "500000.00", 2, "qualified", "no").
	sample("company", "contacted", "恒昌贸易", "Hengchang Trading", "企业流动资金管理", "Cash management", "8000000.00", 0)

// softwareTrade sells by the year and lives by renewals.
var softwareTrade = trade("software", "软件与企业服务", "Software",
	"销售、客户成功、售前分工;续费有据,客户成功凭工单与协作接触客户", "Sales, success and presales; renewals are kept, success reaches customers through tickets and teams").
	unit(1, "department", "销售部", "Sales").unit(2, "team", "企业客户组", "Enterprise").unit(2, "team", "成长客户组", "Growth").
	unit(1, "department", "客户成功部", "Customer success").unit(1, "department", "售前与交付部", "Presales and delivery").
	unit(1, "department", "市场部", "Marketing").unit(1, "department", "财务部", "Finance").
	position("sales_head", "销售负责人", "Head of sales", "head").
	position("seller", "客户经理", "Account executive", "sales").
	position("sdr", "线索专员", "Sales development", "marketing").
	position("success", "客户成功经理", "Success manager", "service").
	position("finance", "财务专员", "Accountant", "finance").
	position("auditor", "内审", "Internal auditor", "auditor").
	position("trainee", "试用期员工", "Trainee", "observer").
	share("customer_contracts", "seller").share("colleagues", "seller", "sdr").
	keep("leads_keep", "客户名单不导出", "The customer list is not taken out", "sdr", "success").
	field("plan", "choice", policy.General, "订阅版本", "Plan", "trial", "试用", "Trial", "team", "团队版", "Team", "business", "企业版", "Business", "onprem", "私有部署", "On premises").
	field("seats", "number", policy.General, "席位数", "Seats").
	field("arr", "money", policy.Amount, "年经常性收入", "Yearly recurring revenue").
	field("renewal_on", "date", policy.General, "续费日期", "Renewal").
	field("health", "choice", policy.Internal, "健康度", "Health", "green", "良好", "Good", "yellow", "关注", "Watch", "red", "风险", "At risk").
	tags("POC 中", "In trial", "续费 90 天内", "Renews in 90 days", "标杆客户", "Reference", "流失风险", "At risk").
	sample("company", "active", "云图数据", "Yuntu Data", "企业版 200 席续费", "Renewal, 200 seats", "360000.00", 1, "plan", "business", "seats", "200", "health", "green").
	sample("company", "intent", "木棉医疗", "Mumian Health", "私有部署 POC", "On-premises trial", "520000.00", 0, "plan", "trial").
	sample("company", "lead", "北辰物流", "Beichen Logistics", "团队版 50 席", "Team, 50 seats", "60000.00", 2)
