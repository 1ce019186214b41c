// A guest book: one page, kept in memory.
package main

import (
	"cmp"
	"html/template"
	"log"
	"net/http"
	"os"
	"sync"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

var version = "dev"

type book struct {
	mutex sync.Mutex
	lines []string
}

func (b *book) add(line string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.lines = append(b.lines, line)
}

func main() {
	page := template.Must(template.ParseGlob("views/*.html"))
	guests := &book{}

	router := chi.NewRouter()
	router.Use(middleware.Recoverer)
	router.Get("/", func(w http.ResponseWriter, _ *http.Request) {
		if err := page.ExecuteTemplate(w, "book.html", map[string]any{"Lines": guests.lines, "Version": version}); err != nil {
			log.Print(err)
		}
	})
	router.Post("/", func(w http.ResponseWriter, r *http.Request) {
		guests.add(r.FormValue("line"))
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})
	router.Get("/healthz", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok\n")) })

	log.Fatal(http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "8080"), router))
}
