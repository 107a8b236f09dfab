package statistics

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"math"
	"slices"
)

// Cell is a figure that is published.
type Cell struct {
	By      string  `json:"by,omitempty"`
	Key     string  `json:"key,omitempty"`
	Measure string  `json:"measure,omitempty"`
	Unit    string  `json:"unit,omitempty"`
	Count   int64   `json:"count"`
	Sum     float64 `json:"sum,omitempty"` // blurred, not yet rounded: Rounded is what leaves
	From    Trace   `json:"from"`          // of which records, with which values
}

// Trace is a set of contributions, each a keyed hash of a record with its value: two traces tell how
// much two sets differ, and nothing else to who has not the key.
type Trace []uint32

// MarshalText writes the trace as base64.
func (t Trace) MarshalText() ([]byte, error) {
	raw := make([]byte, 0, 4*len(t))
	for _, x := range t {
		raw = binary.BigEndian.AppendUint32(raw, x)
	}
	return base64.StdEncoding.AppendEncode(nil, raw), nil
}

// UnmarshalText reads what MarshalText writes.
func (t *Trace) UnmarshalText(text []byte) error {
	raw, err := base64.StdEncoding.AppendDecode(nil, text)
	*t = make(Trace, len(raw)/4)
	for i := range *t {
		(*t)[i] = binary.BigEndian.Uint32(raw[4*i:])
	}
	return err
}

// apart is how many contributions one of two traces has that the other has not, at most.
func (t Trace) apart(o Trace) int {
	mine, theirs := 0, 0
	for i, j := 0, 0; i < len(t) || j < len(o); {
		switch {
		case j == len(o) || i < len(t) && t[i] < o[j]:
			mine++
			i++
		case i == len(t) || o[j] < t[i]:
			theirs++
			j++
		default:
			i++
			j++
		}
	}
	return max(mine, theirs)
}

// Cells are the figures of what the family shows.
func (g *Guard) Cells(f *Family) []Cell {
	var out []Cell
	for _, t := range f.Tables {
		at := make([]int, len(t.Groups))
		for i, group := range t.Groups {
			at[i] = -1
			if group.Shown {
				at[i] = len(out)
				out = append(out, Cell{By: t.By, Key: group.Key, Measure: f.Measure, Unit: f.Unit})
			}
		}
		for i, m := range f.Members {
			if to := at[t.of[i]]; to >= 0 {
				c := &out[to]
				c.Count++
				c.From = append(c.From, g.contribution(f, m))
				c.Sum += m.Value * g.factor(f.Measure, m.ID)
			}
		}
	}
	for i := range out {
		slices.Sort(out[i].From)
		out[i].Count = g.round(out[i].Count, out[i].From)
	}
	return out
}

func (g *Guard) contribution(f *Family, m Member) uint32 {
	return uint32(g.hash("record", f.Measure, m.ID, math.Float64bits(m.Value)))
}

// trace is what the whole family is made of.
func (g *Guard) trace(f *Family) Trace {
	out := make(Trace, 0, len(f.Members))
	for _, m := range f.Members {
		out = append(out, g.contribution(f, m))
	}
	slices.Sort(out)
	return out
}

// Base is to what counts are rounded.
func (g *Guard) Base() int64 { return int64(g.Least+1) / 2 }

// round gives one of the two multiples of Base beside a count, the nearer one the more likely, so that
// on average it is the count. Which one is drawn by the records themselves: the same set is rounded
// in the same way whoever asks for it and however.
func (g *Guard) round(n int64, from Trace) int64 {
	base := g.Base()
	low := n / base * base
	mac := hmac.New(sha256.New, g.Key)
	mac.Write([]byte("round"))
	for _, x := range from {
		mac.Write(binary.BigEndian.AppendUint32(nil, x))
	}
	if drawn := binary.BigEndian.Uint64(mac.Sum(nil)) % uint64(base); int64(drawn) < n-low {
		return low + base
	}
	return low
}

// A record's values are a tenth to a fifth too large or too small in every sum in which they stand,
// for ever in the same way. So whatever arithmetic leaves of one record is off by a tenth at least,
// and asking again, later, with colleagues or with records of one's own among them brings nothing.
const (
	BlurLeast = 0.10
	BlurMost  = 0.20
)

// factor is by how much the value of a record is blurred.
func (g *Guard) factor(measure string, id int64) float64 {
	drawn := g.hash("factor", measure, id, 0)
	by := BlurLeast + (BlurMost-BlurLeast)*float64(drawn>>12)/float64(1<<52)
	if drawn&1 == 0 {
		by = -by
	}
	return 1 + by
}

func (g *Guard) hash(use, measure string, id int64, value uint64) uint64 {
	mac := hmac.New(sha256.New, g.Key)
	mac.Write([]byte(use + "\x00" + measure + "\x00"))
	mac.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(id)), value))
	return binary.BigEndian.Uint64(mac.Sum(nil))
}

// digits are how many digits of a sum are told.
const digits = 3

// Rounded is a sum as it leaves.
func Rounded(x float64) float64 {
	if x == 0 {
		return 0
	}
	unit := math.Pow10(int(math.Floor(math.Log10(math.Abs(x)))) - digits + 1)
	return math.Round(x/unit) * unit
}
