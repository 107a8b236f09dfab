-- +goose Up
-- Written from the descriptors in records/: go test ./store -run TestKindTables -update

CREATE TABLE customer (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	code TEXT,
	handle TEXT,
	parent_id INTEGER,
	industry TEXT,
	business_type TEXT,
	specialty TEXT,
	source TEXT,
	region TEXT,
	territory TEXT,
	country TEXT,
	state TEXT,
	city TEXT,
	street TEXT,
	street2 TEXT,
	postal_code TEXT,
	place_lat REAL,
	place_lng REAL,
	place_x REAL,
	place_y REAL,
	place_z REAL,
	phone TEXT,
	phone2 TEXT,
	email TEXT,
	wechat TEXT,
	website TEXT,
	credit_code TEXT,
	legal_person TEXT,
	id_number TEXT,
	passport_number TEXT,
	gender TEXT,
	birthday INTEGER,
	bank_name TEXT,
	bank_account TEXT,
	annual_sales INTEGER,
	annual_revenue INTEGER,
	credit_limit INTEGER,
	currency TEXT NOT NULL,
	employees INTEGER,
	square_feet REAL,
	year_opened INTEGER,
	last_contact_at INTEGER,
	next_contact_at INTEGER,
	level TEXT,
	assessment TEXT,
	remark TEXT,
	stage TEXT NOT NULL,
	owner_id INTEGER,
	pool_id INTEGER,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT customer_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX customer_updated ON customer (tenant_id, updated_at DESC, id DESC);
CREATE INDEX customer_owner ON customer (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX customer_unit ON customer (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX customer_pool ON customer (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX customer_name ON customer (tenant_id, name, id);
CREATE INDEX customer_code ON customer (tenant_id, code, id);
CREATE INDEX customer_parent ON customer (tenant_id, parent_id, updated_at DESC, id DESC) WHERE parent_id IS NOT NULL;
CREATE INDEX customer_place ON customer (tenant_id, place_lat, place_lng) WHERE place_lat IS NOT NULL;
CREATE VIRTUAL TABLE customer_search USING fts5 (search_general, search_contact, search_communication, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE contact (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	name TEXT NOT NULL,
	code TEXT,
	customer_id INTEGER NOT NULL,
	role TEXT,
	department TEXT,
	main INTEGER,
	gender TEXT,
	phone TEXT,
	phone2 TEXT,
	email TEXT,
	wechat TEXT,
	birthday INTEGER,
	country TEXT,
	state TEXT,
	city TEXT,
	street TEXT,
	street2 TEXT,
	postal_code TEXT,
	source TEXT,
	last_contact_at INTEGER,
	influence TEXT,
	interests TEXT,
	remark TEXT,
	stage TEXT NOT NULL,
	owner_id INTEGER,
	pool_id INTEGER,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT contact_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX contact_updated ON contact (tenant_id, updated_at DESC, id DESC);
CREATE INDEX contact_owner ON contact (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX contact_unit ON contact (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX contact_pool ON contact (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX contact_name ON contact (tenant_id, name, id);
CREATE INDEX contact_code ON contact (tenant_id, code, id);
CREATE INDEX contact_customer ON contact (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE VIRTUAL TABLE contact_search USING fts5 (search_general, search_contact, search_communication, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE opportunity (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	name TEXT NOT NULL,
	code TEXT,
	customer_id INTEGER NOT NULL,
	contact_id INTEGER,
	product_id INTEGER,
	source TEXT,
	amount INTEGER,
	currency TEXT NOT NULL,
	expected_on INTEGER,
	closed_on INTEGER,
	lost_reason TEXT,
	probability REAL,
	margin REAL,
	competitors TEXT,
	need TEXT,
	next_step TEXT,
	remark TEXT,
	stage TEXT NOT NULL,
	owner_id INTEGER,
	pool_id INTEGER,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT opportunity_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX opportunity_updated ON opportunity (tenant_id, updated_at DESC, id DESC);
CREATE INDEX opportunity_owner ON opportunity (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX opportunity_unit ON opportunity (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX opportunity_pool ON opportunity (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX opportunity_name ON opportunity (tenant_id, name, id);
CREATE INDEX opportunity_code ON opportunity (tenant_id, code, id);
CREATE INDEX opportunity_customer ON opportunity (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE INDEX opportunity_contact ON opportunity (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX opportunity_product ON opportunity (tenant_id, product_id, updated_at DESC, id DESC) WHERE product_id IS NOT NULL;
CREATE VIRTUAL TABLE opportunity_search USING fts5 (search_general, search_communication, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE contract (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	number TEXT NOT NULL,
	name TEXT,
	customer_id INTEGER NOT NULL,
	contact_id INTEGER,
	opportunity_id INTEGER,
	type TEXT NOT NULL,
	region TEXT,
	territory TEXT,
	subtotal INTEGER,
	discount INTEGER,
	tax INTEGER,
	freight INTEGER,
	total INTEGER,
	paid INTEGER,
	currency TEXT NOT NULL,
	signed_on INTEGER,
	starts_on INTEGER,
	ends_on INTEGER,
	signer_id INTEGER,
	customer_signer TEXT,
	payment_terms TEXT,
	cost INTEGER,
	terms TEXT,
	remark TEXT,
	stage TEXT NOT NULL,
	owner_id INTEGER,
	pool_id INTEGER,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT contract_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX contract_updated ON contract (tenant_id, updated_at DESC, id DESC);
CREATE INDEX contract_owner ON contract (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX contract_unit ON contract (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX contract_pool ON contract (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX contract_number ON contract (tenant_id, number, id);
CREATE INDEX contract_customer ON contract (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE INDEX contract_contact ON contract (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX contract_opportunity ON contract (tenant_id, opportunity_id, updated_at DESC, id DESC) WHERE opportunity_id IS NOT NULL;
CREATE VIRTUAL TABLE contract_search USING fts5 (search_general, search_communication, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE ticket (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	subject TEXT NOT NULL,
	number TEXT,
	customer_id INTEGER NOT NULL,
	contact_id INTEGER,
	contract_id INTEGER,
	product_id INTEGER,
	serial_number TEXT,
	type TEXT NOT NULL,
	priority TEXT NOT NULL,
	channel TEXT,
	phone TEXT,
	country TEXT,
	state TEXT,
	city TEXT,
	street TEXT,
	street2 TEXT,
	postal_code TEXT,
	place_lat REAL,
	place_lng REAL,
	place_x REAL,
	place_y REAL,
	place_z REAL,
	due_at INTEGER,
	responded_at INTEGER,
	resolved_at INTEGER,
	satisfaction INTEGER,
	description TEXT,
	solution TEXT,
	fee INTEGER,
	currency TEXT NOT NULL,
	cause TEXT,
	stage TEXT NOT NULL,
	owner_id INTEGER,
	pool_id INTEGER,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT ticket_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX ticket_updated ON ticket (tenant_id, updated_at DESC, id DESC);
CREATE INDEX ticket_owner ON ticket (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX ticket_unit ON ticket (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX ticket_pool ON ticket (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX ticket_subject ON ticket (tenant_id, subject, id);
CREATE INDEX ticket_customer ON ticket (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE INDEX ticket_contact ON ticket (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX ticket_contract ON ticket (tenant_id, contract_id, updated_at DESC, id DESC) WHERE contract_id IS NOT NULL;
CREATE INDEX ticket_product ON ticket (tenant_id, product_id, updated_at DESC, id DESC) WHERE product_id IS NOT NULL;
CREATE INDEX ticket_place ON ticket (tenant_id, place_lat, place_lng) WHERE place_lat IS NOT NULL;
CREATE VIRTUAL TABLE ticket_search USING fts5 (search_general, search_contact, search_communication, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE activity (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	subject TEXT NOT NULL,
	type TEXT NOT NULL,
	customer_id INTEGER NOT NULL,
	contact_id INTEGER,
	opportunity_id INTEGER,
	contract_id INTEGER,
	ticket_id INTEGER,
	happened_at INTEGER NOT NULL,
	minutes INTEGER,
	outcome TEXT,
	next_contact_at INTEGER,
	place_lat REAL,
	place_lng REAL,
	place_x REAL,
	place_y REAL,
	place_z REAL,
	content TEXT,
	assessment TEXT,
	stage TEXT NOT NULL,
	owner_id INTEGER,
	pool_id INTEGER,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT activity_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX activity_updated ON activity (tenant_id, updated_at DESC, id DESC);
CREATE INDEX activity_owner ON activity (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX activity_unit ON activity (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX activity_pool ON activity (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX activity_subject ON activity (tenant_id, subject, id);
CREATE INDEX activity_customer ON activity (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE INDEX activity_contact ON activity (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX activity_opportunity ON activity (tenant_id, opportunity_id, updated_at DESC, id DESC) WHERE opportunity_id IS NOT NULL;
CREATE INDEX activity_contract ON activity (tenant_id, contract_id, updated_at DESC, id DESC) WHERE contract_id IS NOT NULL;
CREATE INDEX activity_ticket ON activity (tenant_id, ticket_id, updated_at DESC, id DESC) WHERE ticket_id IS NOT NULL;
CREATE INDEX activity_place ON activity (tenant_id, place_lat, place_lng) WHERE place_lat IS NOT NULL;
CREATE VIRTUAL TABLE activity_search USING fts5 (search_general, search_communication, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE payment (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	number TEXT NOT NULL,
	contract_id INTEGER NOT NULL,
	customer_id INTEGER,
	amount INTEGER NOT NULL,
	currency TEXT NOT NULL,
	due_on INTEGER,
	paid_on INTEGER,
	method TEXT,
	payer TEXT,
	bank_name TEXT,
	bank_account TEXT,
	invoice_number TEXT,
	invoiced_on INTEGER,
	remark TEXT,
	stage TEXT NOT NULL,
	owner_id INTEGER,
	pool_id INTEGER,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT payment_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX payment_updated ON payment (tenant_id, updated_at DESC, id DESC);
CREATE INDEX payment_owner ON payment (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX payment_unit ON payment (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX payment_pool ON payment (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX payment_number ON payment (tenant_id, number, id);
CREATE INDEX payment_contract ON payment (tenant_id, contract_id, updated_at DESC, id DESC);
CREATE INDEX payment_customer ON payment (tenant_id, customer_id, updated_at DESC, id DESC) WHERE customer_id IS NOT NULL;
CREATE VIRTUAL TABLE payment_search USING fts5 (search_general, search_communication, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE product (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	name TEXT NOT NULL,
	code TEXT,
	category TEXT,
	brand TEXT,
	specification TEXT,
	measure TEXT,
	price INTEGER,
	currency TEXT NOT NULL,
	tax_rate REAL,
	warranty_months INTEGER,
	cost INTEGER,
	floor_price INTEGER,
	description TEXT,
	stage TEXT NOT NULL,
	owner_id INTEGER,
	pool_id INTEGER,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT product_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX product_updated ON product (tenant_id, updated_at DESC, id DESC);
CREATE INDEX product_owner ON product (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX product_unit ON product (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX product_pool ON product (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX product_name ON product (tenant_id, name, id);
CREATE INDEX product_code ON product (tenant_id, code, id);
CREATE VIRTUAL TABLE product_search USING fts5 (search_general, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE task (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	subject TEXT NOT NULL,
	priority TEXT NOT NULL,
	due_at INTEGER,
	done_at INTEGER,
	customer_id INTEGER,
	contact_id INTEGER,
	opportunity_id INTEGER,
	contract_id INTEGER,
	ticket_id INTEGER,
	content TEXT,
	stage TEXT NOT NULL,
	owner_id INTEGER,
	pool_id INTEGER,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT task_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX task_updated ON task (tenant_id, updated_at DESC, id DESC);
CREATE INDEX task_owner ON task (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX task_unit ON task (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX task_pool ON task (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX task_subject ON task (tenant_id, subject, id);
CREATE INDEX task_customer ON task (tenant_id, customer_id, updated_at DESC, id DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX task_contact ON task (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX task_opportunity ON task (tenant_id, opportunity_id, updated_at DESC, id DESC) WHERE opportunity_id IS NOT NULL;
CREATE INDEX task_contract ON task (tenant_id, contract_id, updated_at DESC, id DESC) WHERE contract_id IS NOT NULL;
CREATE INDEX task_ticket ON task (tenant_id, ticket_id, updated_at DESC, id DESC) WHERE ticket_id IS NOT NULL;
CREATE VIRTUAL TABLE task_search USING fts5 (search_general, search_communication, content='', contentless_delete=1, detail=column, tokenize='ascii');

CREATE TABLE person (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	name TEXT NOT NULL,
	login TEXT NOT NULL,
	code TEXT,
	title TEXT,
	manager_id INTEGER,
	active INTEGER NOT NULL,
	gender TEXT,
	phone TEXT,
	email TEXT,
	wechat TEXT,
	hire_date INTEGER,
	left_on INTEGER,
	birthday INTEGER,
	id_number TEXT,
	national_id TEXT,
	home_street TEXT,
	emergency_contact TEXT,
	emergency_phone TEXT,
	bank_name TEXT,
	bank_account TEXT,
	hourly_rate INTEGER,
	salary INTEGER,
	currency TEXT NOT NULL,
	remark TEXT,
	stage TEXT NOT NULL,
	unit_id INTEGER,
	tags TEXT NOT NULL DEFAULT '[]',
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	created_by INTEGER,
	owner_id INTEGER,
	pool_id INTEGER,
	custom TEXT NOT NULL DEFAULT '{}',
	CONSTRAINT person_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX person_updated ON person (tenant_id, updated_at DESC, id DESC);
CREATE INDEX person_owner ON person (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX person_unit ON person (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX person_pool ON person (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX person_name ON person (tenant_id, name, id);
CREATE UNIQUE INDEX person_login ON person (tenant_id, login);
CREATE INDEX person_code ON person (tenant_id, code, id);
CREATE VIRTUAL TABLE person_search USING fts5 (search_general, search_contact, content='', contentless_delete=1, detail=column, tokenize='ascii');
