package paper

import "testing"

func TestArticle(t *testing.T) {
	for number, want := range map[string]string{
		"1": "第一条", "10": "第十条", "11": "第十一条", "20": "第二十条", "23": "第二十三条", "100": "第一百条", "105": "第一百零五条", "110": "第一百一十条", "999": "第九百九十九条",
		"38.1": "第三十八条第（一）项", "39.14": "第三十九条第（十四）项", "1000": "1000", "0": "0", "annex": "annex", "38.x": "38.x", "": "",
	} {
		if got := Article(number); got != want {
			t.Errorf("Article(%q) = %s, want %s", number, got, want)
		}
	}
}
