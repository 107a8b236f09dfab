package trial

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"guan/mark"
	"guan/policy"
	"guan/sheet"
	"guan/store"
)

// Traces asks of leaked parts of exports whose they are, among many exports, after what people do to a
// table before they let it out.
type Traces struct {
	Bin       string
	Where     Where
	Customers int
	Copies    int // exports in the table beside those that leak
	Each      int // leaks of each size and treatment
	Seed      uint64

	db     *store.DB
	random *rand.Rand
	made   []madeExport
}

type madeExport struct {
	code, path string
	rows       [][]string // as they show, with the heading
}

// Traced is what came of it.
type Traced struct {
	Lines   []string
	Slowest time.Duration
	Wrong   int // traces that named somebody who had no part
}

// treatment is what is done to a leak.
type treatment struct {
	name  string
	books bool // it begins as a workbook
	do    func(x *Traces, rows [][]string) [][]string
}

var treatments = []treatment{
	{"sorted", false, func(x *Traces, rows [][]string) [][]string {
		slices.SortFunc(rows, func(a, b []string) int { return cmp.Compare(a[1]+a[2], b[1]+b[2]) })
		return rows
	}},
	{"four columns left", false, func(_ *Traces, rows [][]string) [][]string { return columnsOf(rows, 0, 1, 4, 6) }},
	{"name and telephone left", false, func(_ *Traces, rows [][]string) [][]string { return columnsOf(rows, 0, 1) }},
	{"the names alone", false, func(_ *Traces, rows [][]string) [][]string { return columnsOf(rows, 0) }},
	{"20 % typed anew", false, func(x *Traces, rows [][]string) [][]string { return x.retyped(rows, 0.2) }},
	{"50 % of the cells in the usual form", false, func(x *Traces, rows [][]string) [][]string { return x.retyped(rows, 0.5) }},
	{"CSV saved as XLSX by Excel", false, func(_ *Traces, rows [][]string) [][]string { return excelled(rows) }},
	{"XLSX saved as CSV", true, func(_ *Traces, rows [][]string) [][]string { return rows }},
	{"half of two exports", false, nil},
}

// fields are the columns of the exports.
var fields = []string{"name", "phone", "city", "birthday", "annual_sales", "annual_revenue", "next_contact_at", "street", "phone2"}

// Run does the trial.
func (x Traces) Run(ctx context.Context) (*Traced, error) {
	x.random = rand.New(rand.NewPCG(x.Seed, 28))
	if err := x.stock(); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Options{DataDir: x.Where.DataDir, URL: x.Where.URL})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	x.db = db
	setup := db.System(store.JobSetup, store.DefaultTenant)
	session, err := setup.Records()
	if err != nil {
		return nil, err
	}
	boss, err := setup.StandIn(ctx, Boss, "export")
	if err != nil {
		return nil, err
	}
	for i := range 8 {
		if err := x.export(ctx, session, boss, []string{"csv", "xlsx"}[i%2]); err != nil {
			return nil, err
		}
	}
	if err := x.crowd(ctx); err != nil {
		return nil, err
	}
	out := &Traced{}
	for _, size := range []int{30, 50, 200} {
		for _, of := range treatments {
			found, guilty := 0, 0
			var took time.Duration
			for range x.Each {
				rows, codes := x.leak(of, size)
				answer, err := x.trace(ctx, session, rows)
				if err != nil {
					return nil, err
				}
				guilty += len(codes)
				for _, c := range answer.Named {
					if slices.Contains(codes, c.Code) {
						found++
					} else {
						out.Wrong++
					}
				}
				took += answer.Took
				out.Slowest = max(out.Slowest, answer.Took)
			}
			out.Lines = append(out.Lines, fmt.Sprintf("| %d rows, %s | %d of %d | %d ms |", size, of.name, found, guilty, took.Milliseconds()/int64(x.Each)))
		}
	}
	// Files that come from no export in the table: written as people write, or with the marks of another key.
	other, _ := mark.ParseKey(mark.NewKey())
	for i := range x.Each * 4 {
		rows, _ := x.leak(treatments[0], 200)
		for r, row := range rows {
			for c := range row {
				if usual := strings.TrimPrefix(mark.Read(row[c]).Means, "phone "); usual != mark.Read(row[c]).Means {
					if row[c] = usual; i%2 == 1 {
						row[c], _ = other.Copy(int64(i)).Write(int64(r), mark.Phone, usual)
					}
				}
			}
		}
		answer, err := x.trace(ctx, session, columnsOf(rows, 0, 1, 8))
		if err != nil {
			return nil, err
		}
		out.Wrong += len(answer.Named)
	}
	return out, nil
}

// stock brings customers in.
func (x *Traces) stock() error {
	dir := filepath.Dir(x.Where.DataDir)
	path := filepath.Join(dir, "customers.csv")
	rows := [][]string{{"name", "phone", "city", "birthday", "annual_sales", "annual_revenue", "next_contact_at", "street", "phone2"}}
	for i := range x.Customers {
		day := time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, x.random.IntN(15000))
		rows = append(rows, []string{
			fmt.Sprintf("溯源试验%05d有限公司", i), fmt.Sprintf("13%09d", x.random.IntN(1e9)), []string{"深圳", "广州", "上海", "北京"}[i%4], day.Format("2006-01-02"),
			strconv.Itoa(x.random.IntN(1e6)), fmt.Sprintf("%d.%d", x.random.IntN(1e7), x.random.IntN(100)),
			time.Date(2026, 12, 1, 9, x.random.IntN(400), 0, 0, time.UTC).Format("2006-01-02 15:04:05"), fmt.Sprintf("科技路%d号（南区），%d楼", i, i%30), fmt.Sprintf("0755-8%07d", x.random.IntN(1e7)),
		})
	}
	if err := writeRows(path, rows); err != nil {
		return err
	}
	args := append([]string{"import", "--kind", "customer", "--as", Boss, path}, x.Where.Args()...)
	if text, err := exec.Command(x.Bin, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("importing: %w\n%s", err, text)
	}
	return nil
}

// export makes one export and learns its code.
func (x *Traces) export(ctx context.Context, session, boss *store.Session, format string) error {
	path := filepath.Join(filepath.Dir(x.Where.DataDir), fmt.Sprintf("export%d.%s", len(x.made), format))
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	table := sheet.NewCSV(file)
	if format == "xlsx" {
		table = sheet.NewXLSX(file)
	}
	if _, err := boss.Export(ctx, store.Export{Query: store.ListQuery{Kind: "customer", Fields: fields, Filter: "r.name.contains('溯源试验')"}, Lang: "zh", To: table, Format: format}); err != nil {
		return err
	}
	if err := table.Close(); err != nil {
		return err
	}
	m := madeExport{path: path}
	if _, err := sheet.EachRow(path, sheet.Options{}, func(_ int, cells []sheet.LooseCell) error {
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = c.Text
		}
		m.rows = append(m.rows, row)
		return nil
	}); err != nil {
		return err
	}
	leak, err := store.ReadLeak(path, filepath.Base(path), os.TempDir())
	if err != nil {
		return err
	}
	answer, err := session.Trace(ctx, leak)
	if err != nil {
		return err
	}
	if len(answer.Named) != 1 {
		return fmt.Errorf("the whole export is not recognised: %+v", answer)
	}
	m.code = answer.Named[0].Code
	x.made = append(x.made, m)
	return nil
}

// crowd puts exports into the table, each of 200 of the customers, as if they had been made.
func (x *Traces) crowd(ctx context.Context) error {
	db, err := x.Where.open()
	if err != nil {
		return err
	}
	defer db.Close()
	var ids []policy.ID
	rows, err := db.QueryContext(ctx, "SELECT id FROM customer WHERE name LIKE '溯源试验%' ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id policy.ID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	var person policy.ID
	if err := db.QueryRowContext(ctx, "SELECT id FROM person WHERE login = $1", Seller).Scan(&person); err != nil {
		return err
	}
	const first = 1 << 50 // beyond the ids of the program
	const together = 100
	for from := 0; from < x.Copies; from += together {
		var copies, parts []string
		var of, held []any
		for i := from; i < min(from+together, x.Copies); i++ {
			packed, n := x.some(ids)
			copies = append(copies, fmt.Sprintf("(1, $%d, $%d, 'customer', %d, 0, %d, 0, 0, 0, 0, 'export', 'desktop', '', 'csv', '', 1)", len(of)+1, len(of)+2, person, n))
			of = append(of, first+i, mark.NewCode())
			parts = append(parts, fmt.Sprintf("(1, $%d, 0, $%d)", len(held)+1, len(held)+2))
			held = append(held, first+i, packed)
		}
		_, err := db.ExecContext(ctx, `INSERT INTO export_copy (tenant_id, id, code, kind, person_id, at, rows, job_id, session_id, token_id, device_id, channel, device, address, format, purpose, marked)
			VALUES `+strings.Join(copies, ", "), of...)
		if err == nil {
			_, err = db.ExecContext(ctx, "INSERT INTO export_copy_part (tenant_id, copy_id, part, records) VALUES "+strings.Join(parts, ", "), held...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// some are 200 of the ids, packed as the store packs them.
func (x *Traces) some(ids []policy.ID) (packed []byte, n int) {
	held := map[policy.ID]bool{}
	for len(held) < min(200, len(ids)) {
		held[ids[x.random.IntN(len(ids))]] = true
	}
	last := policy.ID(0)
	for _, id := range slices.Sorted(maps.Keys(held)) {
		packed, last = binary.AppendUvarint(packed, uint64(id-last)), id
	}
	return packed, len(held)
}

// leak takes rows out of an export, or of two, and treats them.
func (x *Traces) leak(of treatment, size int) (rows [][]string, codes []string) {
	pick := func(books bool, size int) [][]string {
		for {
			m := x.made[x.random.IntN(len(x.made))]
			if strings.HasSuffix(m.path, ".xlsx") != books || slices.Contains(codes, m.code) {
				continue
			}
			codes = append(codes, m.code)
			var out [][]string
			for _, i := range slices.Sorted(slices.Values(x.random.Perm(len(m.rows) - 1)[:size])) {
				out = append(out, slices.Clone(m.rows[1+i]))
			}
			return out
		}
	}
	if of.do == nil {
		return append(pick(false, size/2), pick(false, size-size/2)...), codes
	}
	return of.do(x, pick(of.books, size)), codes
}

func columnsOf(rows [][]string, of ...int) (out [][]string) {
	for _, r := range rows {
		row := make([]string, len(of))
		for i, c := range of {
			row[i] = r[c]
		}
		out = append(out, row)
	}
	return out
}

// retyped writes a share of the cells in the usual way, as who types a table off does.
func (x *Traces) retyped(rows [][]string, share float64) [][]string {
	for _, row := range rows {
		for i := range row {
			if x.random.Float64() < share {
				row[i] = usually(row[i])
			}
		}
	}
	return rows
}

// usually is how somebody types a value.
func usually(text string) string {
	read := mark.Read(text)
	switch word, value, _ := strings.Cut(read.Means, " "); word {
	case "phone":
		return value
	case "number":
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			return strconv.FormatFloat(n, 'f', 2, 64)
		}
	case "day":
		return strings.ReplaceAll(text, "/", "-")
	case "text":
		return strings.NewReplacer("(", "（", ")", "）", ",", "，").Replace(strings.TrimSpace(text))
	}
	return text
}

var (
	excelNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	excelDay    = regexp.MustCompile(`^([0-9]{4})[-/]0?([0-9]{1,2})[-/]0?([0-9]{1,2})$`)
)

// excelled is what Excel makes of a CSV file: numbers and dates lose their forms, texts keep them. Every date
// becomes 2026/3/1.
func excelled(rows [][]string) [][]string {
	for _, row := range rows {
		for i, text := range row {
			if excelNumber.MatchString(text) {
				n, _ := strconv.ParseFloat(text, 64)
				row[i] = strconv.FormatFloat(n, 'f', -1, 64)
			}
			row[i] = excelDay.ReplaceAllString(row[i], "$1/$2/$3")
		}
	}
	return rows
}

func (x *Traces) trace(ctx context.Context, session *store.Session, rows [][]string) (*store.Tracing, error) {
	path := filepath.Join(filepath.Dir(x.Where.DataDir), "leak.csv")
	if err := writeRows(path, rows); err != nil {
		return nil, err
	}
	leak, err := store.ReadLeak(path, "leak.csv", os.TempDir())
	if err != nil {
		return nil, err
	}
	return session.Trace(ctx, leak)
}

func writeRows(path string, rows [][]string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return csv.NewWriter(file).WriteAll(rows)
}

// Innocent weighs files that come from no copy against copies, and counts how many pairs are over a weight.
type Innocent struct {
	Files, Copies int
	Over          map[int]int // 10 to the power of it → pairs
	Accused       int         // files for which a copy would be named
}

// Weigh makes files of 20 to 50 rows, which leave most to chance: half as people write, half with the marks of copies that are not
// among those.
func (x *Innocent) Weigh(seed uint64) {
	random := rand.New(rand.NewPCG(seed, 12))
	key, _ := mark.ParseKey(mark.NewKey())
	x.Over = map[int]int{}
	limit := math.Log(float64(x.Copies) / 1e-6)
	for file := range x.Files {
		var table mark.Table
		writer := key.Copy(int64(-1 - file))
		for r := range []int{20, 30, 50}[file%3] {
			record := int64(1000*(file%50) + r)
			var cells []mark.Cell
			for i, text := range []string{fmt.Sprintf("13%09d", random.IntN(1e9)), fmt.Sprint(random.IntN(1e6)), fmt.Sprintf("20%02d-03-04", random.IntN(30))} {
				if file%2 == 0 {
					text, _ = writer.Write(record, []mark.Form{mark.Phone, mark.Amount, mark.Day}[i], text)
				} else if random.IntN(3) == 0 {
					text = strings.ReplaceAll(text, "-", "/")
				}
				c := mark.Read(text)
				c.Column = i
				cells = append(cells, c)
			}
			table.Add(record, cells)
		}
		rows, accused := table.Rows(), false
		for id := range x.Copies {
			bits := key.Copy(int64(id))
			agreements := make([]mark.Agreement, len(rows))
			for i, row := range rows {
				agreements[i] = bits.Agrees(row, nil)
			}
			pairs, agree := 0, 0
			for i := 0; i+1 < len(rows); i += 2 {
				if pairs++; bits.Rank(rows[i].Record) < bits.Rank(rows[i+1].Record) {
					agree++
				}
			}
			w := mark.Weigh(agreements) + mark.WeighOrder(pairs, agree)
			for power := 1; w >= float64(power)*math.Ln10; power++ {
				x.Over[power]++
			}
			accused = accused || w >= limit
		}
		if accused {
			x.Accused++
		}
	}
}

// Bounded reports whether no more pairs are over a weight than the design says, with room for chance.
func (x *Innocent) Bounded() bool {
	pairs := float64(x.Files) * float64(x.Copies)
	for power, n := range x.Over {
		allowed := pairs / math.Pow(10, float64(power))
		if float64(n) > allowed+5*math.Sqrt(allowed)+1 {
			return false
		}
	}
	return x.Accused == 0
}
