package trial

import "testing"

// A leak that went through Excel has its dates in one way and its numbers without zeros; texts stay.
func TestExcelRewritesDatesAndNumbers(t *testing.T) {
	for from, to := range map[string]string{
		"2026-03-01": "2026/3/1", "2026/3/1": "2026/3/1", "2026-3-1": "2026/3/1", "2026/12/20": "2026/12/20", "2026-10-09": "2026/10/9",
		"120.50": "120.5", "007": "7", "138 0013 8000": "138 0013 8000", "见 2026-03-01": "见 2026-03-01",
	} {
		if got := excelled([][]string{{from}})[0][0]; got != to {
			t.Errorf("%q becomes %q, not %q", from, got, to)
		}
	}
}
