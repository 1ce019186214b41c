import { defineConfig } from 'vitepress'

export default defineConfig({ title: 'Harbour', base: '/handbook/' })
