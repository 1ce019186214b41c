// Serves a page that npm builds and the program holds.
package main

import (
	"log"
	"net/http"

	"example.com/board/web"
	"github.com/go-chi/chi/v5"
)

func main() {
	router := chi.NewRouter()
	router.Handle("/*", http.FileServerFS(web.Files()))
	router.Get("/api/hello", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("hello\n")) })
	log.Fatal(http.ListenAndServe(":8080", router))
}
